// The verdict on one message: from what was said and heard, never from hope.
#include "base/text.h"
#include "net/smtp_wire.h"

namespace countback::net {
namespace {

constexpr std::size_t answer_bytes_max = 500;

using Stage = SmtpProgress::Stage;

bool starts_with_word(std::string_view line, std::string_view word) {
    return ascii_lower(line.substr(0, word.size())) == word;
}

int code_of(std::string_view line) {
    if (line.size() < 3) return 0;
    int code = 0;
    for (const char digit : line.substr(0, 3)) {
        if (digit < '0' || digit > '9') return 0;
        code = code * 10 + (digit - '0');
    }
    return code >= 200 && code <= 599 ? code : 0;
}

SendCause cause_of(CURLcode ended) {
    switch (ended) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return SendCause::host_unknown;
        case CURLE_COULDNT_CONNECT:
            return SendCause::unreachable;
        case CURLE_OPERATION_TIMEDOUT:
            return SendCause::timed_out;
        case CURLE_USE_SSL_FAILED:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_ENGINE_NOTFOUND:
            return SendCause::tls_unavailable;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_CERTPROBLEM:
            return SendCause::certificate_refused;
        case CURLE_LOGIN_DENIED:
        case CURLE_AUTH_ERROR:
            return SendCause::sign_in_refused;
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_REMOTE_ACCESS_DENIED:
            return SendCause::server_not_ready;
        default:
            return SendCause::connection_lost;
    }
}

/// The server answers "sign in first" to the sender: the settings are wrong, not the message.
bool wants_sign_in(const SmtpProgress& progress) {
    const int code = progress.code();
    return progress.stage() == Stage::sender && (code == 530 || code == 534 || code == 535 || code == 538);
}

/// The server takes nothing from our address: the settings are wrong, or a quota is used up. 552 is said of a
/// message that is too large.
bool refuses_sender(const SmtpProgress& progress) {
    const int code = progress.code();
    return progress.stage() == Stage::sender && code >= 500 && code != 552;
}

SendResult with_answer(SendOutcome outcome, SendCause cause, const SmtpProgress& progress) {
    SendResult result;
    result.outcome = outcome;
    result.cause = cause;
    result.code = progress.code();
    result.answer = progress.answer();
    return result;
}

SendResult by_code(const SmtpProgress& progress) {
    const auto outcome = progress.code() < 500 ? SendOutcome::refused_for_now : SendOutcome::refused;
    return with_answer(outcome, SendCause::none, progress);
}

SendResult after_body(CURLcode ended, const SmtpProgress& progress, std::size_t complete_bytes) {
    const int code = progress.code();
    if (code >= 400) return by_code(progress);
    if (code >= 200 && code < 300) return with_answer(SendOutcome::sent, SendCause::none, progress);
    const bool whole = progress.body_bytes() >= complete_bytes;
    return with_answer(whole ? SendOutcome::ambiguous : SendOutcome::not_connected, cause_of(ended),
                       progress);
}

}  // namespace

void SmtpProgress::begin_answer() {
    code_ = 0;
    answer_.clear();
}

void SmtpProgress::command(std::string_view line) {
    leaving_ = leaving_ || starts_with_word(line, "quit");
    if (leaving_) return;
    begin_answer();
    if (starts_with_word(line, "mail from:")) {
        stage_ = Stage::sender;
    } else if (starts_with_word(line, "rcpt to:")) {
        stage_ = Stage::recipient;
        ++recipients_named_;
    } else if (starts_with_word(line, "data") && stage_ == Stage::recipient) {
        stage_ = Stage::data;
    }
}

void SmtpProgress::body_written(std::size_t bytes) {
    if (stage_ != Stage::body) begin_answer();
    stage_ = Stage::body;
    body_bytes_ += bytes;
}

void SmtpProgress::answered(std::string_view line) {
    const int code = code_of(line);
    if (code == 0 || leaving_) return;
    const bool last = line.size() < 4 || line[3] != '-';
    if (line.size() > 4 && answer_.size() < 4 * answer_bytes_max) {
        if (!answer_.empty()) answer_ += ' ';
        answer_ += trim(line.substr(4));
    }
    if (last) code_ = code;
}

std::string SmtpProgress::answer() const {
    std::string clean;
    for (const char c : answer_) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (!valid_utf8(clean))
        for (char& c : clean)
            if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    if (clean.size() <= answer_bytes_max) return clean;
    std::size_t end = answer_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xc0) == 0x80) --end;
    clean.resize(end);
    return clean;
}

SendResult judge(CURLcode ended, const SmtpProgress& progress, std::size_t complete_bytes) {
    if (progress.stage() == Stage::body) return after_body(ended, progress, complete_bytes);
    if (wants_sign_in(progress))
        return with_answer(SendOutcome::not_connected, SendCause::sign_in_refused, progress);
    if (refuses_sender(progress))
        return with_answer(SendOutcome::not_connected, SendCause::sender_refused, progress);
    if (progress.stage() != Stage::greeting && progress.code() >= 400) return by_code(progress);
    return with_answer(SendOutcome::not_connected, cause_of(ended), progress);
}

}  // namespace countback::net
