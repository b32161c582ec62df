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

/// Rows of a page by where they rest in the Book, 32 bytes each.
struct ItemPlaces {
    std::vector<PlacedItem> rows;  ///< in the order asked
    std::optional<Cursor> next;
};

class ItemPages {
public:
    ItemPages(MeasureRequest request, ItemFilter filter, ItemSort sort, const RateTable& rates);
    ItemPages(const ItemPages&) = delete;
    ItemPages& operator=(const ItemPages&) = delete;
    ~ItemPages();

    /// Walks the Book's rows of the filter once, texts for a page alone.
    ItemPlaces places(const PageRequest& wish, ListNames& names);
    /// Of all rows and of one, once places were asked for.
    const ShownAmounts& amounts() const { return *amounts_; }
    ShownItem shown(const PlacedItem& placed) const;
    /// The same with its rows.
    ItemPage page(const PageRequest& wish, ListNames& names);
    const MeasureRequest& request() const { return request_; }

private:
    class Marks;
    ItemPlaces places_by_key(const PageRequest& wish, ListNames& names);
    ItemPlaces places_by_number(const PageRequest& wish, ListNames& names);
    ItemPlaces places_by_customer(const PageRequest& wish, ListNames& names);
    /// Sums of all rows, and marks where the order is a spelled one.
    void look_over();
    void take_sums(const std::vector<ItemSums>& pieces);
    /// Items or customers of the list, and maybe others, in the order of their texts from the cursor's on.
    using NextSpelled = std::function<std::optional<Spelled>()>;
    NextSpelled spelled(const PageRequest& wish, ListNames& names) const;
    void count_parts(std::vector<PlacedItem>& rows) const;
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
