// IMP-1, inside one file: duplicates, conflicts, instalments.
// Example: number 17 with due dates 31 Jan and 28 Feb = instalments 1 and 2; twice 31 Jan with all fields
// equal = the later line is refused as a duplicate of the earlier; twice 31 Jan with amounts 100 and 120 =
// both refused.
#include <algorithm>

#include "imports/item_lines.h"

namespace countback::imports {
namespace {

class Groups {
public:
    Groups(ItemFile& file, const Columns& columns)
        : file_(file), columns_(columns), dropped_(file.lines.size(), false) {}

    void settle() {
        std::vector<std::pair<std::uint64_t, std::uint32_t>> order;  // by key, then by line
        order.reserve(file_.lines.size());
        for (const ItemLine& line : file_.lines) {
            order.emplace_back(line.key, static_cast<std::uint32_t>(order.size()));
        }
        std::sort(order.begin(), order.end());
        std::vector<std::uint32_t> group;
        for (std::size_t first = 0; first < order.size(); first += group.size()) {
            group.clear();
            for (std::size_t at = first; at < order.size() && order[at].first == order[first].first; ++at) {
                group.push_back(order[at].second);
            }
            if (group.size() > 1) settle_group(group);
        }
        drop();
    }

private:
    bool same(const ItemLine& a, const ItemLine& b) const {
        const auto extra = [this](const ItemLine& line) {
            return line.extra == 0 ? ItemExtra{} : file_.extras[line.extra - 1];
        };
        return a.customer == b.customer && a.type == b.type && a.currency == b.currency &&
               a.amount == b.amount && a.issue == b.issue && a.due == b.due && a.cleared == b.cleared &&
               a.remaining == b.remaining && a.instalment == b.instalment && a.number == b.number &&
               a.source_id == b.source_id && extra(a) == extra(b);
    }

    void settle_group(std::span<const std::uint32_t> group) {
        std::vector<std::uint32_t> distinct;
        for (const std::uint32_t at : group) {
            const auto first = std::find_if(distinct.begin(), distinct.end(), [&](std::uint32_t other) {
                return same(file_.lines[at], file_.lines[other]);
            });
            if (first == distinct.end()) {
                distinct.push_back(at);
            } else {
                refuse(at, RefusalCode::duplicate_line, file_.lines[*first].line);
            }
        }
        if (distinct.size() < 2) return;
        std::sort(distinct.begin(), distinct.end(), [this](std::uint32_t a, std::uint32_t b) {
            return file_.lines[a].due < file_.lines[b].due;
        });
        if (are_instalments(distinct)) {
            int instalment = 0;
            for (const std::uint32_t at : distinct) file_.lines[at].instalment = ++instalment;
            return;
        }
        for (std::size_t i = 0; i < distinct.size(); ++i) {
            const ItemLine& other = file_.lines[distinct[i == 0 ? 1 : 0]];
            refuse(distinct[i], RefusalCode::conflicting_line, other.line);
        }
    }

    bool are_instalments(const std::vector<std::uint32_t>& by_due) const {
        for (std::size_t i = 1; i < by_due.size(); ++i) {
            const ItemLine& before = file_.lines[by_due[i - 1]];
            const ItemLine& line = file_.lines[by_due[i]];
            const bool one_document = line.customer == before.customer && line.currency == before.currency &&
                                      line.number == before.number;
            if (!one_document || line.due == before.due || line.instalment != 0 || !line.source_id.empty())
                return false;
        }
        return true;
    }

    void refuse(std::uint32_t at, RefusalCode code, std::int64_t other) {
        const ItemLine& line = file_.lines[at];
        dropped_[at] = true;
        const Field field = line.source_id.empty() ? Field::number : Field::source_id;
        const std::string value(line.source_id.empty() ? line.number : line.source_id);
        file_.refused.push_back({line.line,
                                 std::string(columns_.column_name(field)),
                                 value,
                                 {code, {{"line", std::to_string(other)}, {"value", value}}}});
        file_.protect.keys.insert(line.key);
        if (code == RefusalCode::conflicting_line) {
            const std::uint32_t entity = file_.parties.customers[line.customer].entity;
            file_.refused_amounts.push_back({entity, line.customer, line.currency, line.amount, line.issue,
                                             line.cleared, line.remaining});
        }
    }

    void drop() {
        std::size_t kept = 0;
        for (std::size_t at = 0; at < file_.lines.size(); ++at) {
            if (!dropped_[at]) file_.lines[kept++] = file_.lines[at];
        }
        file_.lines.resize(kept);
        std::sort(file_.refused.begin(), file_.refused.end(),
                  [](const RefusedLine& a, const RefusedLine& b) { return a.line < b.line; });
    }

    ItemFile& file_;
    const Columns& columns_;
    std::vector<bool> dropped_;
};

void count_notices(ItemFile& file) {
    for (const ItemLine& line : file.lines) {
        file.due_before_issue += (line.flags & item_flag::due_before_issue) != 0 ? 1 : 0;
        file.negative_invoices += (line.flags & item_flag::negative_invoice) != 0 ? 1 : 0;
        file.due_from_terms += (line.flags & item_flag::due_from_terms) != 0 ? 1 : 0;
        file.cleared_before_issue += line.cleared && *line.cleared < line.issue ? 1 : 0;
    }
}

}  // namespace

void settle_groups(ItemFile& file, const Columns& columns) {
    Groups(file, columns).settle();
    count_notices(file);
}

}  // namespace countback::imports
