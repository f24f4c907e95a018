#include "core/strings/string.h"

#include <thread>

#include "core/strings/atom_table.h"
#include "core/strings/shared_atoms.h"
#include "gtest/gtest.h"

namespace skein {
namespace {

struct Client final : gc::HeapClient {
  std::vector<gc::Cell*> roots;
  AtomTable* atoms = nullptr;
  void trace_roots(gc::Visitor& visitor) override {
    for (gc::Cell* cell : roots) visitor.visit(cell);
  }
  void sweep_weak_roots(gc::Heap& heap, bool full) override {
    if (atoms != nullptr) atoms->sweep(heap, full);
  }
  void collection_wanted() override {}
  void memory_exhausted() override {}
};

class StringTest : public testing::Test {
 protected:
  StringTest() : heap(client), atoms(heap) {
    gc::register_kind<String>();
    client.atoms = &atoms;
  }
  String* make(std::string_view text) { return new_string_from_utf8(heap, text); }
  Client client;
  gc::Heap heap;
  AtomTable atoms;
};

TEST_F(StringTest, RopesFlattenWhateverTheirShape) {
  String* left = make("");
  String* right = make("");
  std::string forward, backward;
  for (int i = 0; i < 20000; ++i) {
    std::string piece = std::to_string(i);
    left = concatenate(heap, left, make(piece));
    forward += piece;
    right = concatenate(heap, make(piece), right);
    backward = piece + backward;
  }
  EXPECT_EQ(left->to_utf8(), forward);
  EXPECT_EQ(right->to_utf8(), backward);
  String* both = concatenate(heap, left, right);
  String* mixed = concatenate(heap, both, make("€"));
  EXPECT_EQ(mixed->to_utf8(), forward + backward + "€");
  EXPECT_FALSE(mixed->is_latin1());
}

TEST_F(StringTest, EqualTextsAreEqualAndHashAlike) {
  String* flat = make("the same text, flat or not");
  String* rope = concatenate(heap, make("the same text, "), make("flat or not"));
  char16_t wide[32];
  StringView view = flat->view();
  for (uint32_t i = 0; i < view.length(); ++i) wide[i] = view[i];
  EXPECT_TRUE(StringView(wide, view.length()) == view);
  EXPECT_EQ(StringView(wide, view.length()).hash(), flat->hash());
  EXPECT_TRUE(String::equals(flat, rope));
  EXPECT_EQ(flat->hash(), rope->hash());
  EXPECT_EQ(atoms.atomize(flat), atoms.atomize(rope));
}

TEST_F(StringTest, SlicesShareTheirParent) {
  String* text = make("0123456789abcdefghijklmnopqrstuvwxyz");
  String* slice = substring(heap, text, 5, 30);
  EXPECT_EQ(slice->to_utf8(), "56789abcdefghijklmnopqrst");
  EXPECT_FALSE(slice->is_flat());
  String* inner = substring(heap, slice, 2, 20);
  EXPECT_EQ(inner->to_utf8(), "789abcdefghijklmno");
}

TEST_F(StringTest, ArrayIndicesAreRecognised) {
  EXPECT_TRUE(atoms.atomize(make("0"))->is_array_index());
  EXPECT_TRUE(atoms.atomize(make("4294967294"))->is_array_index());
  for (const char* text : {"", "00", "01", "-1", "4294967295", "1e3", "12345678901", "1.5"})
    EXPECT_FALSE(atoms.atomize(make(text))->is_array_index()) << text;
}

TEST_F(StringTest, UnusedAtomsAreForgotten) {
  FlatString* kept = atoms.atomize(make("an atom that is kept"));
  client.roots.push_back(kept);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5000; ++i) atoms.atomize(make("atom number " + std::to_string(i)));
    heap.collect(round == 1 ? gc::CollectionType::kFull : gc::CollectionType::kMinor);
    EXPECT_LT(atoms.size(), 300u);
    EXPECT_EQ(atoms.find(StringView(std::string_view("an atom that is kept"))), kept);
    EXPECT_EQ(atoms.find(StringView(std::string_view("atom number 77"))), nullptr);
  }
}

TEST_F(StringTest, SharedAtomsAreTheSameInEveryTable) {
  Client other_client;
  gc::Heap other_heap(other_client);
  AtomTable other(other_heap);
  auto view = [](const char* text) { return StringView(std::string_view(text)); };
  FlatString* shared = atoms.atomize_shared(view("shared by all"));
  EXPECT_EQ(other.atomize(view("shared by all")), shared);
  EXPECT_EQ(other.find(view("shared by all")), shared);
  EXPECT_TRUE(shared->is_atom());
  EXPECT_EQ(atoms.single('x'), other.atomize(view("x")));

  // Who had an atom of its own keeps it.
  FlatString* own = atoms.atomize(view("early"));
  client.roots.push_back(own);
  FlatString* late = other.atomize_shared(view("early"));
  EXPECT_NE(late, own);
  EXPECT_EQ(atoms.atomize_shared(view("early")), own);
  EXPECT_EQ(atoms.atomize(view("early")), own);

  // Collections leave them alone.
  client.roots.push_back(shared);
  heap.collect(gc::CollectionType::kFull);
  other_heap.collect(gc::CollectionType::kFull);
  EXPECT_EQ(atoms.atomize(view("shared by all")), shared);
  EXPECT_EQ(other.atomize(view("early")), late);
}

TEST_F(StringTest, SharedAtomsFromManyThreads) {
  constexpr int kThreads = 4, kNames = 6000;
  std::vector<FlatString*> found[kThreads];
  std::vector<std::thread> threads;
  for (auto& mine : found) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < kNames; ++i) mine.push_back(shared_atoms::add(StringView(std::string_view("name " + std::to_string(i)))));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (auto& mine : found) EXPECT_EQ(mine, found[0]);
  for (int i = 0; i < kNames; ++i) EXPECT_EQ(found[0][i]->to_utf8(), "name " + std::to_string(i));
}

TEST_F(StringTest, SearchFindsAcrossWidths) {
  StringView text = make("abcabcabd")->view();
  EXPECT_EQ(text.index_of(make("abd")->view()), 6);
  EXPECT_EQ(text.last_index_of(make("abc")->view(), 9), 3);
  EXPECT_EQ(text.index_of(make("€")->view()), -1);
  EXPECT_EQ(make("x€y€z")->view().index_of(make("€z")->view()), 3);
}

TEST_F(StringTest, BuilderWidensOnce) {
  StringBuilder builder(heap);
  for (int i = 0; i < 1000; ++i) builder.append(u'a');
  builder.append_code_point(0x1F600);
  builder.append_ascii("end");
  String* result = builder.finish();
  EXPECT_EQ(result->length(), 1005u);
  EXPECT_EQ(result->view().code_point_at(1000), char32_t{0x1F600});
}

}  // namespace
}  // namespace skein
