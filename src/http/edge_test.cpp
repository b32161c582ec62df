#include <gtest/gtest.h>

#include <atomic>
#include <future>

#include "http/assets.h"
#include "http/metrics.h"
#include "http/pool.h"

namespace countback::http {
namespace {

struct Packed {
    std::string path, bytes, compressed;
};
std::string pack_of(const std::vector<Packed>& files) {
    std::string pack;
    for (const auto& [path, bytes, compressed] : files) {
        pack += path + '\0' + std::to_string(bytes.size()) + '\0' + std::to_string(compressed.size()) + '\0' +
                bytes + compressed;
    }
    return pack;
}

class AssetsTest : public testing::Test {
protected:
    const std::string script = std::string(4000, 'a') + "b";
    const std::string pack =
        pack_of({{"/assets/app-1234.js", script, "compressed"}, {"/index.html", "<html>", ""}});
    const Assets assets{pack};

    Response get(const std::string& path, Pairs headers = {}) const {
        Request request;
        request.path = path;
        request.headers = std::move(headers);
        return assets.answer(request);
    }
    static std::string header(const Response& response, const std::string& wanted) {
        for (const auto& [name, value] : response.headers) {
            if (name == wanted) return value;
        }
        return "";
    }
};

TEST_F(AssetsTest, HashedFilesAreKeptForEverAndPagesAskedAgain) {
    const Response file = get("/assets/app-1234.js");
    EXPECT_EQ(file.constant_body, script);
    EXPECT_NE(header(file, "Cache-Control").find("immutable"), std::string::npos);
    const Response page = get("/customers/12");
    EXPECT_EQ(page.constant_body, "<html>");
    EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
    EXPECT_EQ(get("/assets/app-0000.js").status, 404);
}

TEST_F(AssetsTest, AKnownEtagIsNotSentAgain) {
    const std::string etag = header(get("/"), "ETag");
    ASSERT_FALSE(etag.empty());
    EXPECT_EQ(get("/", {{"if-none-match", etag}}).status, 304);
    EXPECT_EQ(get("/", {{"if-none-match", "\"other\""}}).status, 200);
}

TEST_F(AssetsTest, LargeTextsTravelCompressed) {
    const Response packed = get("/assets/app-1234.js", {{"accept-encoding", "br, gzip"}});
    EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(packed.constant_body, "compressed");
    EXPECT_EQ(get("/assets/app-1234.js").constant_body, script);
    EXPECT_EQ(header(get("/", {{"accept-encoding", "gzip"}}), "Content-Encoding"), "");
}

TEST(Pool, RefusesWhenFullAndDoesWhatItTook) {
    std::promise<void> gate;
    const std::shared_future<void> open(gate.get_future());
    std::atomic<int> done{0};
    {
        BlockingPool pool(1, 2);
        std::promise<void> running;
        EXPECT_TRUE(pool.post([&] {
            running.set_value();
            open.wait();
            ++done;
        }));
        running.get_future().wait();
        EXPECT_TRUE(pool.post([&] { ++done; }));
        EXPECT_TRUE(pool.post([&] { ++done; }));
        EXPECT_FALSE(pool.post([&] { ++done; }));
        gate.set_value();
    }
    EXPECT_EQ(done, 3);
}

TEST(Metrics, CountsByRouteStatusAndTime) {
    Metrics metrics;
    metrics.count({"GET", "/api/items", 200, 700, 10, 1});
    metrics.count({"GET", "/api/items", 200, 2'000'000, 10, 1});
    metrics.count({"GET", "/api/items", 404, 1, 10, 1});
    const std::string page = metrics.page({{"countback_facts", "Facts.", 7}});
    const auto says = [&](const char* line) { return page.find(line) != std::string::npos; };
    EXPECT_TRUE(says("countback_answers_total{method=\"GET\",route=\"/api/items\",status=\"200\"} 2\n"));
    EXPECT_TRUE(
        says("countback_answer_seconds_bucket{method=\"GET\",route=\"/api/items\",le=\"0.001000\"} 2\n"));
    EXPECT_TRUE(says("countback_answer_seconds_bucket{method=\"GET\",route=\"/api/items\",le=\"+Inf\"} 3\n"));
    EXPECT_TRUE(says("countback_answer_seconds_sum{method=\"GET\",route=\"/api/items\"} 2.000701\n"));
    EXPECT_TRUE(says("# TYPE countback_facts gauge\ncountback_facts 7\n"));
}

}  // namespace
}  // namespace countback::http
