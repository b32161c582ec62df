// Inside http/ only: from a parsed head to our own Request.
#pragma once
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <string>

#include "http/server.h"

namespace countback::http {

struct Head {
    Request request;
    bool only_head = false;  ///< HEAD: answer as GET, without the body
    bool keep_alive = true;
    bool expects_continue = false;
};

/// Refuses what is ambiguous or not for us: bad_request, headers_too_large, method_not_allowed,
/// host_unknown.
Result<Head> head_from(const boost::beast::http::request_header<>& header, const ServerSettings& settings,
                       const std::string& peer);

}  // namespace countback::http
