// Any bytes as a template, with data that loop: reading and rendering end, within their bounds.
#include <cstdlib>

#include "formats/message_text.h"

namespace {

using namespace countback::formats;

MessageNames names() {
    const MessageNames row{{"n", NameKind::text}, {"l", NameKind::link}, {"f", NameKind::flag}};
    return {{"a", NameKind::list, row}, {"b", NameKind::list, row}, {"o", NameKind::object, row},
            {"t", NameKind::text},      {"u", NameKind::link},      {"f", NameKind::flag}};
}

MessageData::Rows rows(int count) {
    MessageData::Rows made(static_cast<std::size_t>(count));
    for (auto& row : made) row.text("n", "<&\"x'>").text("l", "https://desk.test/").flag("f", count % 2 == 0);
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto part = data[0] % 2 == 0 ? MessagePart::text : MessagePart::html;
    const auto text =
        MessageText::read(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), part, names());
    if (!text) return 0;
    MessageData values;
    values.rows("a", rows(50)).rows("b", rows(7)).text("t", "<script>").text("u", "https://desk.test/");
    values.flag("f", data[0] % 3 == 0);
    const auto rendered = text->render(values);
    if (!rendered) return 0;
    if (rendered->size() > message_output_bytes_max) std::abort();
    if (part == MessagePart::html && rendered->find("<script") != std::string::npos) std::abort();
    return 0;
}
