#include "receivables/book_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cstring>
#include <fstream>
#include <numeric>
#include <system_error>

#include "base/parallel.h"
#include "crypto/hash.h"
#include "receivables/book_columns.h"
#include "receivables/day_totals.h"

namespace countback {
namespace {

namespace json = boost::json;

constexpr std::string_view layout = "countback book 2";
constexpr std::size_t piece_bytes_max = std::size_t{8} << 20;
constexpr std::size_t head_bytes_max = std::size_t{64} << 20;

/// Neighbouring rows of one column, or one block of postings, as they lie in memory and in the file.
struct Piece {
    std::byte* data = nullptr;
    std::size_t bytes = 0;
    bool moving = false;  ///< 32-bit values that the writer changes meanwhile; any of them will do
    /// Of heads of lists: rows at and above `limit` are newer than the file and are passed over.
    std::uint32_t limit = no_row;
    std::function<std::uint32_t(std::uint32_t)> older{};
};

/// Cuts columns into pieces, always in the same order for the same counts.
class Cutter {
public:
    template <class T>
    void cut(const Column<T>& column, std::uint32_t rows, const Piece& like = {}) {
        static_assert(std::is_trivially_copyable_v<T>);
        column.each_run(rows, [&](T* data, std::uint32_t held) {
            auto* bytes = reinterpret_cast<std::byte*>(data);
            for (std::size_t at = 0; at < held * sizeof(T); at += piece_bytes_max) {
                Piece piece = like;
                piece.data = bytes + at;
                piece.bytes = std::min(piece_bytes_max, held * sizeof(T) - at);
                pieces_.push_back(std::move(piece));
            }
        });
    }
    void cut(const Column<std::uint32_t>& column, std::uint32_t rows, Moving) {
        Piece like;
        like.moving = true;
        cut(column, rows, like);
    }
    template <class Older>
    void cut(const Heads& heads, std::uint32_t owners, std::uint32_t limit, Older older) {
        cut(heads.column(), owners, Piece{nullptr, 0, true, limit, older});
    }
    std::vector<Piece> take() { return std::move(pieces_); }

private:
    std::vector<Piece> pieces_;
};

using Counts = BookStore::Counts;

std::vector<Piece> pieces_of(const BookStore& store, const Counts& counts) {
    Cutter cutter;
    each_column(store, counts, [&](const auto& column, auto... what) { cutter.cut(column, what...); });
    return cutter.take();
}

/// Written through only while the block is being filled from a file and nobody else knows it.
template <class T>
Piece piece_of(const std::vector<T>& values) {
    return {reinterpret_cast<std::byte*>(const_cast<T*>(values.data())), values.size() * sizeof(T)};
}

/// Five pieces a block.
void add_block(std::vector<Piece>& pieces, const PostingBlock& block) {
    static_assert(std::is_trivially_copyable_v<PostingBlock::Part> && std::is_trivially_copyable_v<Posting>);
    pieces.push_back(piece_of(block.first_part));
    pieces.push_back(piece_of(block.parts));
    pieces.push_back(piece_of(block.postings));
    pieces.push_back(piece_of(block.first_item));
    pieces.push_back(piece_of(block.items));
}

/// A block's fact and sizes, as the head has them: no parts at all where there is no block.
using BlockSizes = std::array<std::int64_t, 5>;
BlockSizes sizes_of(const PostingBlock* block) {
    if (block == nullptr) return {};
    const auto size = [](const auto& values) { return static_cast<std::int64_t>(values.size()); };
    return {block->known.value, size(block->first_part), size(block->parts), size(block->postings),
            size(block->items)};
}

std::shared_ptr<PostingBlock> block_of(const BlockSizes& sizes) {
    const auto [known, first_parts, parts, postings, items] = sizes;
    if (first_parts == 0) return nullptr;
    auto block = std::make_shared<PostingBlock>();
    block->known = FactNo{known};
    block->first_part.assign(static_cast<std::size_t>(first_parts), 0);
    block->first_item.assign(static_cast<std::size_t>(first_parts), 0);
    block->parts.assign(static_cast<std::size_t>(parts), {});
    block->postings.assign(static_cast<std::size_t>(postings), {});
    block->items.assign(static_cast<std::size_t>(items), {});
    return block;
}

/// A file that is closed whatever happens; every failure is a std::system_error with the file's name.
class File {
public:
    File(std::filesystem::path path, int flags)
        : path_(std::move(path)), handle_(open(path_.c_str(), flags | O_CLOEXEC, 0600)) {
        if (handle_ < 0) fail();
    }
    ~File() { close(handle_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    void write_at(std::size_t place, const std::byte* data, std::size_t bytes) const {
        while (bytes > 0) {
            const ssize_t done = pwrite(handle_, data, bytes, static_cast<off_t>(place));
            if (done <= 0) fail();
            data += done, place += static_cast<std::size_t>(done), bytes -= static_cast<std::size_t>(done);
        }
    }
    /// False at the file's end.
    bool read_at(std::size_t place, std::byte* data, std::size_t bytes) const {
        while (bytes > 0) {
            const ssize_t done = pread(handle_, data, bytes, static_cast<off_t>(place));
            if (done < 0) fail();
            if (done == 0) return false;
            data += done, place += static_cast<std::size_t>(done), bytes -= static_cast<std::size_t>(done);
        }
        return true;
    }
    void settle() const {
        if (fsync(handle_) != 0) fail();
    }

private:
    [[noreturn]] void fail() const {
        throw std::system_error(errno, std::generic_category(), path_.string());
    }
    std::filesystem::path path_;
    int handle_;
};

std::string sum_of(const std::byte* data, std::size_t bytes) {
    return crypto::sha256_hex({reinterpret_cast<const char*>(data), bytes});
}

/// Where each piece begins in the file, the head first.
std::vector<std::size_t> places(const std::vector<Piece>& pieces, std::size_t first) {
    std::vector<std::size_t> begins;
    begins.reserve(pieces.size());
    for (const Piece& piece : pieces) {
        begins.push_back(first);
        first += piece.bytes;
    }
    return begins;
}

using CountArray = std::array<std::uint32_t, sizeof(Counts) / sizeof(std::uint32_t)>;

/// The head: one line of JSON and its sum, in its own space before the pieces.
struct Head {
    BookMark mark;
    Counts counts;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> reversals;  ///< allocation row, fact reversed
    std::vector<BlockSizes> blocks;
    std::vector<std::string> sums;  ///< by piece
};

/// What of this program's memory the file repeats: another layout is no file of ours.
std::string layout_text() {
    std::string text(layout);
    for (const std::size_t size :
         {sizeof(BookStore::StandingVersion), sizeof(BookStore::AttributeRow), sizeof(LoadFact),
          sizeof(PostingBlock::Part), sizeof(Posting), sizeof(OpenUntil), sizeof(Counts)})
        text += " " + std::to_string(size);
    for (int index = 0; index < Currency::count(); ++index)
        text += Currency::at(static_cast<std::uint8_t>(index)).code();
    return crypto::sha256_hex(text);
}

std::string text_of(const Head& head) {
    const json::object object{{"layout", layout_text()},
                              {"fact", head.mark.last.value},
                              {"chain", head.mark.chain},
                              {"counts", json::value_from(std::bit_cast<CountArray>(head.counts))},
                              {"reversals", json::value_from(head.reversals)},
                              {"blocks", json::value_from(head.blocks)},
                              {"sums", json::value_from(head.sums)}};
    const std::string text = json::serialize(object);
    return crypto::sha256_hex(text) + text;
}

constexpr std::size_t sum_length = 64;

std::optional<Head> parsed(std::string_view text) {
    if (text.size() < sum_length || crypto::sha256_hex(text.substr(sum_length)) != text.substr(0, sum_length))
        return std::nullopt;
    const json::value value = json::parse(text.substr(sum_length));
    if (value.at("layout").as_string() != layout_text()) return std::nullopt;
    Head head;
    head.mark = {FactNo{value.at("fact").as_int64()}, std::string(value.at("chain").as_string())};
    head.counts = std::bit_cast<Counts>(json::value_to<CountArray>(value.at("counts")));
    head.reversals = json::value_to<decltype(head.reversals)>(value.at("reversals"));
    head.blocks = json::value_to<decltype(head.blocks)>(value.at("blocks"));
    head.sums = json::value_to<decltype(head.sums)>(value.at("sums"));
    return head;
}

/// The head's length stands in the first eight bytes.
struct Opened {
    Head head;
    std::size_t first_piece = 0;
};
std::optional<Opened> opened(const File& file) {
    std::uint64_t length = 0;
    if (!file.read_at(0, reinterpret_cast<std::byte*>(&length), sizeof length)) return std::nullopt;
    if (length > head_bytes_max) return std::nullopt;
    std::string text(length, '\0');
    if (!file.read_at(sizeof length, reinterpret_cast<std::byte*>(text.data()), length)) return std::nullopt;
    auto head = parsed(text);
    if (!head) return std::nullopt;
    return Opened{std::move(*head), sizeof length + length};
}

/// Copies the piece as it was at the file's fact.
void copy_piece(const Piece& piece, std::vector<std::byte>& copy) {
    copy.resize(piece.bytes);
    if (!piece.moving) {
        std::memcpy(copy.data(), piece.data, piece.bytes);
        return;
    }
    auto* from = reinterpret_cast<std::uint32_t*>(piece.data);
    auto* to = reinterpret_cast<std::uint32_t*>(copy.data());
    for (std::size_t i = 0; i < piece.bytes / sizeof(std::uint32_t); ++i) {
        std::uint32_t row = std::atomic_ref(from[i]).load(std::memory_order_acquire);
        while (piece.older && row != no_row && row >= piece.limit) row = piece.older(row);
        to[i] = row;
    }
}

/// Sums are as long as any other, so the head's length is known before they are.
void write_pieces(const File& file, const std::vector<Piece>& pieces, Head& head) {
    head.sums.assign(pieces.size(), std::string(sum_length, '0'));
    const std::uint64_t length = text_of(head).size();
    const auto begins = places(pieces, sizeof length + length);
    in_parallel(pieces.size(), [&](std::size_t i) {
        thread_local std::vector<std::byte> copy;
        copy_piece(pieces[i], copy);
        head.sums[i] = sum_of(copy.data(), copy.size());
        file.write_at(begins[i], copy.data(), copy.size());
    });
    const std::string text = text_of(head);
    ensure(text.size() == length, "a head is as long as foretold");
    file.write_at(0, reinterpret_cast<const std::byte*>(&length), sizeof length);
    file.write_at(sizeof length, reinterpret_cast<const std::byte*>(text.data()), text.size());
}

/// Puts what the columns do not hold as pieces where it belongs.
void complete(BookStore& store, const Head& head) {
    const Counts& counts = head.counts;
    for (std::uint32_t row = 0; row < counts.accounts; ++row) {
        const std::int64_t customer = store.account_customer[row];
        store.account_of_customer.publish(static_cast<std::uint32_t>(customer), row + 1);
    }
    for (const auto& [row, fact] : head.reversals) store.allocation_reverses.publish(row, fact);
    store.keys.place_all(counts.items);
    store.counts = counts;
}

}  // namespace

std::optional<BookMark> BookFile::read(Book& book, const std::function<bool(const BookMark&)>& fits) const
    try {
    ensure(!book.snapshot().last_fact(), "a file fills an empty Book");
    const File file(path_, O_RDONLY);
    const auto found = opened(file);
    if (!found || !fits(found->head.mark)) return std::nullopt;
    const Head& head = found->head;
    auto store = std::make_shared<BookStore>();
    each_column(*store, head.counts, [](auto& column, std::uint32_t rows, auto...) { column.make(rows); });
    std::vector<Piece> pieces = pieces_of(*store, head.counts);
    std::vector<std::shared_ptr<PostingBlock>> blocks;
    for (const BlockSizes& sizes : head.blocks) {
        const auto& block = blocks.emplace_back(block_of(sizes));
        if (block) add_block(pieces, *block);
    }
    if (pieces.size() != head.sums.size()) return std::nullopt;
    const auto begins = places(pieces, found->first_piece);
    std::atomic<bool> sound = true;
    in_parallel(pieces.size(), [&](std::size_t i) {
        const Piece& piece = pieces[i];
        if (!file.read_at(begins[i], piece.data, piece.bytes) ||
            sum_of(piece.data, piece.bytes) != head.sums[i])
            sound = false;
    });
    if (!sound) return std::nullopt;
    complete(*store, head);
    auto postings = std::make_shared<Postings>();
    postings->blocks.assign(blocks.begin(), blocks.end());
    std::vector<std::uint32_t> all(blocks.size());
    std::iota(all.begin(), all.end(), 0U);
    postings->totals = totals_of(*store, Postings{}, *postings, all);
    book.adopt(std::move(store), std::move(postings), head.mark.last);
    return head.mark;
} catch (const std::system_error&) {
    return std::nullopt;
}

void BookFile::write(const Snapshot& book, const BookMark& mark) const {
    Head head{mark, {}, {}, {}, {}};
    head.counts = {book.accounts_,    book.items_,     book.versions_,
                   book.allocations_, book.standings_, book.standing_versions_,
                   book.attributes_,  book.loads_,     book.journal_};
    for (std::uint32_t row = 0; row < book.allocations_; ++row) {
        if (const std::uint32_t fact = book.store_->allocation_reverses.peek(row))
            head.reversals.emplace_back(row, fact);
    }
    std::vector<Piece> pieces = pieces_of(*book.store_, head.counts);
    for (const auto& block : book.postings_->blocks) {
        head.blocks.push_back(sizes_of(block.get()));
        if (block) add_block(pieces, *block);
    }
    const std::filesystem::path fresh = path_.string() + "." + std::to_string(getpid());
    try {
        const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        write_pieces(file, pieces, head);
        file.settle();
        std::filesystem::rename(fresh, path_);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(fresh, ignored);
        throw;
    }
}

}  // namespace countback
