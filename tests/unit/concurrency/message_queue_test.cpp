#include "core/concurrency/message_queue.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <string>

#include "core/concurrency/serialized_message.h"

namespace skein {
namespace {

SerializedMessage& fill(SerializedMessage& message, const std::string& text) {
  message.bytes.append({reinterpret_cast<const uint8_t*>(text.data()), text.size()});
  return message;
}
std::string text_of(const SerializedMessage& message) { return {reinterpret_cast<const char*>(message.bytes.data()), message.bytes.size()}; }

TEST(MessageQueue, IsFirstInFirstOut) {
  std::mt19937 random(1);
  MessageQueue incoming, ready;
  std::deque<std::string> expected;
  for (int round = 0; round < 100000; ++round) {
    if (random() % 2 == 0) {
      std::string text(random() % 8 == 0 ? random() % 3000 : random() % 100, static_cast<char>(random()));
      SerializedMessage message;
      incoming.push(std::move(fill(message, text)));
      expected.push_back(std::move(text));
    } else {
      if (random() % 4 == 0) ready.take_all(incoming);
      SerializedMessage message;
      if (!ready.pop(message)) continue;
      ASSERT_EQ(text_of(message), expected.front());
      expected.pop_front();
    }
    ASSERT_EQ(incoming.size() + ready.size(), expected.size());
  }
}

TEST(MessageQueue, ChargesLastAsLongAsTheMessage) {
  auto account = threading::MemoryAccount::create(1000000);
  {
    MessageQueue queue;
    for (size_t size : {10, 5000}) {
      SerializedMessage message;
      ASSERT_TRUE(message.charge.charge(account, size));
      queue.push(std::move(fill(message, std::string(size, 'x'))));
      EXPECT_EQ(message.charge.bytes(), 0u);
    }
    EXPECT_EQ(account->used(), 5010u);
    {
      SerializedMessage message;
      ASSERT_TRUE(queue.pop(message));
      EXPECT_EQ(account->used(), 5010u);
    }
    EXPECT_EQ(account->used(), 5000u);
  }
  EXPECT_EQ(account->used(), 0u);
}

}  // namespace
}  // namespace skein
