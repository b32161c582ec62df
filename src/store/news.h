// A word between processes that use one database: "I have committed facts". A hint for whoever waits; the
// number of the last fact is the truth.
#pragma once
#include <chrono>
#include <memory>

#include "store/database.h"

namespace countback::store {

/// Within a transaction: heard by others once it is committed. The embedded database has nobody to tell.
/// Throws Failure.
void tell_news(Connection& connection);

/// Hears what others tell, on a connection of its own. One thread waits; any may end the waiting.
class News {
public:
    explicit News(const Database& database);
    ~News();
    News(const News&) = delete;
    News& operator=(const News&) = delete;

    /// Returns when a word came, when it has just begun to listen (what was told before is not heard), or
    /// after `most`. Where nothing can be heard (the embedded database, a server that is gone, a pooler
    /// between) it returns after `most`; a lost connection is made again by the next call. Throws nothing.
    void wait(std::chrono::milliseconds most);
    /// wait() returns at once from now on.
    void end();

private:
    struct Ear;
    std::unique_ptr<Ear> ear_;
};

}  // namespace countback::store
