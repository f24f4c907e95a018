#include "tests/unit/runtime/runtime_fixture.h"

namespace skein {
namespace {

using ObjectTest = RuntimeTest;

TEST_F(ObjectTest, ObjectsOfTheSameHistoryShareAShape) {
  Root<Object*> a(agent, make_object(agent));
  Root<Object*> b(agent, make_object(agent));
  for (Object* object : {a.get(), b.get()}) {
    MUST(set(agent, object, key("x"), Value::int32(1)));
    MUST(set(agent, object, key("y"), Value::int32(2)));
  }
  EXPECT_EQ(a->shape(), b->shape());
  MUST(set(agent, b, key("z"), Value::int32(3)));
  EXPECT_NE(a->shape(), b->shape());
  EXPECT_EQ(MUST(get(agent, b, key("y"))), Value::int32(2));
}

TEST_F(ObjectTest, PropertiesSurviveCollections) {
  Root<Object*> object(agent, make_object(agent));
  for (int i = 0; i < 300; ++i) {
    std::string name = "property" + std::to_string(i);
    MUST(set(agent, object, key(name), string("value of " + name)));
    if (i % 50 == 0) collect();
  }
  collect();
  for (int i = 0; i < 300; ++i) {
    std::string name = "property" + std::to_string(i);
    Value value = MUST(get(agent, object, key(name)));
    ASSERT_TRUE(value.is_string());
    EXPECT_EQ(value.as_string()->to_utf8(), "value of " + name);
  }
}

TEST_F(ObjectTest, DeletedSlotsAreUsedAgain) {
  Root<Object*> object(agent, make_object(agent));
  for (int round = 0; round < 2000; ++round) {
    PropertyKey name = key("k" + std::to_string(round));
    MUST(set(agent, object, name, Value::int32(round)));
    EXPECT_TRUE(MUST(delete_property(agent, object, name)));
    if (round % 100 == 0) collect();
  }
  EXPECT_LE(object->shape()->slot_count(), 4u);
  MUST(set(agent, object, key("last"), Value::int32(7)));
  EXPECT_EQ(MUST(get(agent, object, key("last"))), Value::int32(7));
}

TEST_F(ObjectTest, LookupFollowsPrototypesAndSetters) {
  Root<Object*> parent(agent, make_object(agent));
  MUST(set(agent, parent, key("inherited"), Value::int32(5)));
  Root<Object*> child(agent, make_object_with_prototype(agent, parent));
  EXPECT_EQ(MUST(get(agent, child, key("inherited"))), Value::int32(5));
  uint32_t epoch = agent.prototype_epoch();
  MUST(set(agent, parent, key("late"), Value::int32(6)));
  EXPECT_NE(agent.prototype_epoch(), epoch);
  EXPECT_EQ(MUST(get(agent, child, key("late"))), Value::int32(6));
  EXPECT_FALSE(MUST(has_own_property(agent, child, key("late"))));
}

TEST_F(ObjectTest, FrozenObjectsRefuseChanges) {
  Root<Object*> object(agent, make_object(agent));
  MUST(set(agent, object, key("a"), Value::int32(1)));
  MUST(set(agent, object, PropertyKey::index(3), Value::int32(2)));
  EXPECT_TRUE(MUST(set_integrity_level(agent, object, IntegrityLevel::kFrozen)));
  EXPECT_FALSE(MUST(set_with_receiver(agent, object, key("a"), Value::int32(9), object.get())));
  EXPECT_FALSE(MUST(set_with_receiver(agent, object, PropertyKey::index(3), Value::int32(9), object.get())));
  EXPECT_FALSE(MUST(set_with_receiver(agent, object, key("b"), Value::int32(9), object.get())));
  EXPECT_TRUE(MUST(test_integrity_level(agent, object, IntegrityLevel::kFrozen)));
  EXPECT_EQ(MUST(get(agent, object, PropertyKey::index(3))), Value::int32(2));
}

TEST_F(ObjectTest, ArraysKeepLengthAndElementsInStep) {
  Root<Array*> array(agent, make_array(agent));
  for (uint32_t i = 0; i < 5000; ++i) MUST(set(agent, array, PropertyKey::index(i), Value::number(i * 0.5)));
  EXPECT_EQ(array->length(), 5000u);
  EXPECT_FALSE(array->is_sparse());
  MUST(set(agent, array, key("length"), Value::int32(10)));
  EXPECT_EQ(array->length(), 10u);
  EXPECT_TRUE(MUST(get(agent, array, PropertyKey::index(11))).is_undefined());
  MUST(set(agent, array, PropertyKey::index(4000000000u), Value::int32(1)));
  EXPECT_TRUE(array->is_sparse());
  EXPECT_EQ(array->length(), 4000000001u);
  collect();
  EXPECT_EQ(MUST(get(agent, array, PropertyKey::index(9))), Value::number(4.5));
  RootVector keys(agent);
  MUST(own_property_keys(agent, array, keys));
  EXPECT_EQ(keys.size(), 12u);
  EXPECT_EQ(keys[10].as_string()->to_utf8(), "4000000000");
}

TEST_F(ObjectTest, UnreachableObjectsAreCollected) {
  for (int i = 0; i < 200000; ++i) {
    Object* object = make_object(agent);
    object->add_property(agent, key("x"), string("some text that takes room in the heap"), kDefaultAttributes);
    MUST(agent.poll());
  }
  collect();
  EXPECT_LT(agent.heap().used_bytes(), size_t{3} << 20);
  EXPECT_GT(agent.heap().statistics().minor_collections, 1u);
}

}  // namespace
}  // namespace skein
