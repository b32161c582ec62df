#include "http/gzip.h"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include "base/ensure.h"

namespace countback::http {

namespace {

void append_little_endian(std::string& text, std::uint32_t number) {
    for (int byte = 0; byte < 4; ++byte) text.push_back(static_cast<char>((number >> (8 * byte)) & 0xffU));
}

}  // namespace

std::string gzipped(std::string_view plain) {
    namespace zlib = boost::beast::zlib;
    zlib::deflate_stream stream;
    stream.reset(9, 15, 8, zlib::Strategy::normal);
    std::string packed(std::string_view("\x1f\x8b\x08\0\0\0\0\0\x02\xff", 10));
    const std::size_t head = packed.size();
    packed.resize(head + stream.upper_bound(plain.size()) + 64);
    zlib::z_params state;
    state.next_in = plain.data();
    state.avail_in = plain.size();
    state.next_out = packed.data() + head;
    state.avail_out = packed.size() - head;
    boost::system::error_code error;
    stream.write(state, zlib::Flush::finish, error);
    ensure(error == zlib::error::end_of_stream, "an asset is compressed in one go");
    packed.resize(head + state.total_out);
    boost::crc_32_type crc;
    crc.process_bytes(plain.data(), plain.size());
    append_little_endian(packed, crc.checksum());
    append_little_endian(packed, static_cast<std::uint32_t>(plain.size()));
    return packed;
}

}  // namespace countback::http
