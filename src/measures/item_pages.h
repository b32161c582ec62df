// Lists of items in an order, page after page of one snapshot (LED-5): what is kept is one page, however long
// the list; for orders by number or customer also one bit for each item or account of the Book.
#pragma once
#include <atomic>
#include <memory>

#include "measures/answers.h"
#include "measures/item_order.h"
#include "measures/item_selection.h"
#include "measures/item_spellings.h"

namespace countback {

/// One page of a list, with what is said of all its rows.
struct ItemPage {
    std::vector<ShownItem> rows;  ///< in the order asked
    std::optional<Cursor> next;
    std::size_t count = 0;          ///< of all rows
    std::vector<ItemTotal> totals;  ///< Σ rows = total in each currency
};

class ItemPages {
public:
    ItemPages(MeasureRequest request, ItemFilter filter, ItemSort sort, const RateTable& rates);
    ItemPages(const ItemPages&) = delete;
    ItemPages& operator=(const ItemPages&) = delete;
    ~ItemPages();

    /// Walks the Book's rows of the filter once, texts for a page alone.
    ItemPage page(const PageRequest& wish, ListNames& names);
    const MeasureRequest& request() const { return request_; }

private:
    class Marks;
    ItemPage page_by_key(const PageRequest& wish, ListNames& names);
    ItemPage page_by_number(const PageRequest& wish, ListNames& names);
    ItemPage page_by_customer(const PageRequest& wish, ListNames& names);
    /// Sums of all rows, and marks where the order is a spelled one.
    void look_over();
    void take_sums(const std::vector<ItemSums>& pieces);
    ItemPage empty_page() const;
    /// Items or customers of the list, and maybe others, in the order of their texts from the cursor's on.
    using NextSpelled = std::function<std::optional<Spelled>()>;
    NextSpelled spelled(const PageRequest& wish, ListNames& names) const;
    std::vector<ListedItem> listed(const std::vector<PlacedItem>& placed) const;
    std::vector<ListedItem> listed_items(const std::vector<ItemRow>& rows) const;
    void correct_bearer(std::vector<PlacedItem>& rows, const ItemOrder& order,
                        const ItemSelection& selection) const;

    MeasureRequest request_;
    ItemFilter filter_;
    ItemSort sort_;
    const RateTable& rates_;
    RowRates row_rates_;
    std::optional<ShownAmounts> amounts_;  ///< once all rows were seen
    std::unique_ptr<Marks> marks_;         ///< items, or accounts, of the list
};

}  // namespace countback
