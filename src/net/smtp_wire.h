// Inside net: one libcurl handle, and what it has been seen to say and hear.
#pragma once
#include <curl/curl.h>

#include <string>
#include <string_view>
#include <vector>

#include "net/smtp.h"

namespace countback::net {

/// How far one message got, read from the protocol as it passes by (libcurl's own codes do not tell).
class SmtpProgress {
public:
    enum class Stage { greeting, sender, recipient, data, body };

    void command(std::string_view line);   ///< what we said, one command
    void answered(std::string_view line);  ///< what the server said, one line of an answer
    void body_written(std::size_t bytes);

    Stage stage() const { return stage_; }
    std::size_t recipients_named() const { return recipients_named_; }
    std::size_t body_bytes() const { return body_bytes_; }
    /// Of the last whole answer to the last command or to the body; 0 = none yet.
    int code() const { return code_; }
    /// Its text without codes, cleaned: printable UTF-8, at most 500 bytes.
    std::string answer() const;

private:
    void begin_answer();

    Stage stage_ = Stage::greeting;
    std::size_t recipients_named_ = 0;
    std::size_t body_bytes_ = 0;
    int code_ = 0;
    bool leaving_ = false;  ///< QUIT was said: what follows is no answer to the message
    std::string answer_;
};

/// What a message's end means. `complete_bytes` is how many bytes of body must have been written before the
/// server can hold a whole message.
SendResult judge(CURLcode ended, const SmtpProgress& progress, std::size_t complete_bytes);

}  // namespace countback::net
