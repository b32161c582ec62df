#include <endian.h>
#include <libpq-fe.h>

#include <cstring>
#include <unordered_set>

#include "base/ensure.h"
#include "store/backend.h"

namespace countback::store {
namespace {

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Failure::Kind kind_of(PGconn* connection, const PGresult* result) {
    if (PQstatus(connection) != CONNECTION_OK) return Failure::Kind::gone;
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string_view code = state == nullptr ? "" : state;
    if (code.starts_with("08") || code.starts_with("57P")) return Failure::Kind::gone;
    if (code == "53100") return Failure::Kind::disk_full;
    if (code == "25006") return Failure::Kind::read_only;
    if (code == "55P03" || code == "40P01" || code == "40001") return Failure::Kind::locked;
    if (code.starts_with("23")) return Failure::Kind::constraint;
    return Failure::Kind::statement;
}

/// Results come in binary: integers of 2, 4 or 8 bytes in network order, text and bytea as they are.
class PostgresRow final : public Row {
public:
    PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
    std::int64_t integer(int column) const override {
        if (is_null(column)) return 0;
        const char* bytes = PQgetvalue(result_, row_, column);
        switch (PQgetlength(result_, row_, column)) {
            case 1:
                return static_cast<unsigned char>(bytes[0]);
            case 2:
                return static_cast<std::int16_t>(be16toh(read<std::uint16_t>(bytes)));
            case 4:
                return static_cast<std::int32_t>(be32toh(read<std::uint32_t>(bytes)));
            case 8:
                return static_cast<std::int64_t>(be64toh(read<std::uint64_t>(bytes)));
            default:
                throw Bug("an integer column has 1, 2, 4 or 8 bytes; cast sums to bigint");
        }
    }
    std::string_view text(int column) const override {
        return {PQgetvalue(result_, row_, column),
                static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

private:
    template <class T>
    static T read(const char* bytes) {
        T value;
        std::memcpy(&value, bytes, sizeof value);
        return value;
    }
    const PGresult* result_;
    int row_;
};

/// The values of one call in libpq's form; numbers travel as text so that the server infers the type.
struct Parameters {
    std::vector<std::string> numbers;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;

    explicit Parameters(std::span<const Value> given) {
        numbers.reserve(given.size());
        for (const Value& value : given) add(value);
    }
    void add(const Value& value) {
        const auto& held = value.held();
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            numbers.push_back(std::to_string(*number));
            push(numbers.back().c_str(), numbers.back().size(), 0);
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            push(text->data() == nullptr ? "" : text->data(), text->size(), 1);
        } else if (const auto* bytes = std::get_if<Bytes>(&held)) {
            push(bytes->data.data() == nullptr ? "" : bytes->data.data(), bytes->data.size(), 1);
        } else {
            push(nullptr, 0, 0);
        }
    }
    void push(const char* data, std::size_t size, int format) {
        values.push_back(data);
        lengths.push_back(static_cast<int>(size));
        formats.push_back(format);
    }
};

class PostgresBulk final : public Bulk {
public:
    PostgresBulk(PGconn* connection, std::span<const BulkColumn> columns)
        : connection_(connection), columns_(columns.begin(), columns.end()) {
        buffer_.append("PGCOPY\n\xff\r\n\0", 11);
        buffer_.append(8, '\0');
    }
    ~PostgresBulk() override {
        if (!finished_) PQputCopyEnd(connection_, "abandoned");
    }
    void row(std::span<const Value> values) override {
        ensure(values.size() == columns_.size(), "a bulk row has a value per column");
        put16(static_cast<std::uint16_t>(values.size()));
        for (const Value& value : values) put(value);
        if (buffer_.size() > (1U << 16)) flush();
    }
    void finish() override {
        put16(0xffff);
        flush();
        finished_ = true;
        if (PQputCopyEnd(connection_, nullptr) != 1)
            throw Failure(Failure::Kind::gone, PQerrorMessage(connection_));
        const Answer answer(PQgetResult(connection_), &PQclear);
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
            throw Failure(kind_of(connection_, answer.get()), PQerrorMessage(connection_));
        }
        while (PGresult* more = PQgetResult(connection_)) PQclear(more);
    }

private:
    void put16(std::uint16_t value) {
        const std::uint16_t order = htobe16(value);
        buffer_.append(reinterpret_cast<const char*>(&order), sizeof order);
    }
    void put32(std::uint32_t value) {
        const std::uint32_t order = htobe32(value);
        buffer_.append(reinterpret_cast<const char*>(&order), sizeof order);
    }
    void put(const Value& value) {
        const auto& held = value.held();
        if (const auto* number = std::get_if<std::int64_t>(&held)) {
            put32(8);
            const std::uint64_t order = htobe64(static_cast<std::uint64_t>(*number));
            buffer_.append(reinterpret_cast<const char*>(&order), sizeof order);
        } else if (const auto* text = std::get_if<std::string_view>(&held)) {
            put_data(*text);
        } else if (const auto* bytes = std::get_if<Bytes>(&held)) {
            put_data(bytes->data);
        } else {
            put32(0xffffffff);
        }
    }
    void put_data(std::string_view data) {
        put32(static_cast<std::uint32_t>(data.size()));
        buffer_.append(data);
    }
    void flush() {
        if (PQputCopyData(connection_, buffer_.data(), static_cast<int>(buffer_.size())) != 1) {
            throw Failure(Failure::Kind::gone, PQerrorMessage(connection_));
        }
        buffer_.clear();
    }
    PGconn* connection_;
    std::vector<BulkColumn> columns_;
    std::string buffer_;
    bool finished_ = false;
};

/// Locks that a machine held when it vanished, or a program that hangs, are free again in a minute or ten.
constexpr const char* own_settings =
    "set lock_timeout = '5s'; set client_encoding = 'UTF8';"
    "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3;"
    "set idle_in_transaction_session_timeout = '10min'";

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) {
            const Failure failure(Failure::Kind::gone, PQerrorMessage(connection_));
            PQfinish(connection_);
            throw failure;
        }
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
        script(own_settings);
    }
    ~PostgresConnection() override { PQfinish(connection_); }

    using Connection::each;
    using Connection::run;

    void each(const Sql& sql, std::span<const Value> values, const RowFunction& function) override {
        const Asking asking(busy_);
        prepare(sql);
        const Parameters parameters(values);
        if (PQsendQueryPrepared(connection_, sql.name, static_cast<int>(values.size()),
                                parameters.values.data(), parameters.lengths.data(),
                                parameters.formats.data(), 1) != 1) {
            throw Failure(Failure::Kind::gone, PQerrorMessage(connection_));
        }
        PQsetSingleRowMode(connection_);
        receive(sql, function);
    }

    std::int64_t run(const Sql& sql, std::span<const Value> values) override {
        changed_ = 0;
        each(sql, values, [](const Row&) {});
        return changed_;
    }

    std::unique_ptr<Bulk> bulk(const char* table, std::span<const BulkColumn> columns) override {
        std::string text = "copy " + std::string(table) + " (";
        for (const BulkColumn& column : columns)
            text += (text.back() == '(' ? "" : ", ") + std::string(column.name);
        text += ") from stdin (format binary)";
        const Answer answer(PQexec(connection_, text.c_str()), &PQclear);
        if (PQresultStatus(answer.get()) != PGRES_COPY_IN) {
            throw Failure(kind_of(connection_, answer.get()), PQerrorMessage(connection_));
        }
        return std::make_unique<PostgresBulk>(connection_, columns);
    }

    void script(const std::string& text) override {
        const Answer answer(PQexec(connection_, text.c_str()), &PQclear);
        const ExecStatusType status = PQresultStatus(answer.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
            throw Failure(kind_of(connection_, answer.get()), PQerrorMessage(connection_));
        }
    }

    bool postgresql() const override { return true; }

private:
    void prepare(const Sql& sql) {
        if (prepared_.contains(sql.name)) return;
        const Answer answer(PQprepare(connection_, sql.name, sql.text, 0, nullptr), &PQclear);
        if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
            throw Failure(kind_of(connection_, answer.get()),
                          std::string(sql.name) + ": " + PQerrorMessage(connection_));
        }
        prepared_.insert(sql.name);
    }

    void receive(const Sql& sql, const RowFunction& function) {
        std::optional<Failure> failure;
        std::exception_ptr thrown;
        while (PGresult* next = PQgetResult(connection_)) {
            const Answer answer(next, &PQclear);
            const ExecStatusType status = PQresultStatus(next);
            if (status == PGRES_SINGLE_TUPLE && !thrown) {
                try {
                    function(PostgresRow(next, 0));
                } catch (...) {
                    thrown = std::current_exception();  // the connection must be drained first
                }
            } else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
                changed_ = std::strtoll(PQcmdTuples(next), nullptr, 10);
            } else if (status != PGRES_SINGLE_TUPLE) {
                failure.emplace(kind_of(connection_, next),
                                std::string(sql.name) + ": " + PQerrorMessage(connection_));
            }
        }
        if (failure) throw *failure;
        if (thrown) std::rethrow_exception(thrown);
    }

    PGconn* connection_;
    bool busy_ = false;
    std::unordered_set<std::string_view> prepared_;
    std::int64_t changed_ = 0;
};

}  // namespace

std::unique_ptr<Connection> open_postgresql(const std::string& url) {
    return std::make_unique<PostgresConnection>(url);
}

}  // namespace countback::store
