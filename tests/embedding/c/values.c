/* Values, errors and structured clone. */
#include <math.h>

#include "support.h"

static void test_values(void) {
  skein_context* context = new_context(NULL);
  skein_value* truth = skein_boolean(true);
  skein_value* nothing = skein_null();
  skein_value* undefined = skein_undefined();
  EXPECT(skein_value_boolean(truth) && skein_value_type(nothing) == SKEIN_NULL && skein_value_type(undefined) == SKEIN_UNDEFINED);
  EXPECT(isnan(skein_value_number(truth)));
  EXPECT(strcmp(skein_type_text(SKEIN_STRING), "a string") == 0 && strcmp(skein_status_text(SKEIN_HEAP_LIMIT), "heap limit") == 0);

  skein_value *big = NULL, *huge = NULL, *text = NULL, *object = NULL, *got = NULL;
  OK(skein_bigint(context, INT64_MIN, &big, &error));
  OK(skein_bigint_unsigned(context, UINT64_MAX, &huge, &error));
  int64_t signed_number = 0;
  uint64_t unsigned_number = 0;
  OK(skein_value_int64(big, &signed_number, &error));
  OK(skein_value_uint64(huge, &unsigned_number, &error));
  EXPECT(signed_number == INT64_MIN && unsigned_number == UINT64_MAX);
  EXPECT(skein_value_int64(huge, &signed_number, NULL) == SKEIN_WRONG_TYPE);

  OK(skein_string(context, "key", 3, &text, &error));
  OK(skein_object(context, &object, &error));
  OK(skein_set(object, "key", big, &error));
  OK(skein_set_index(object, 7, truth, &error));
  bool flag = false;
  OK(skein_has(object, "key", &flag, &error));
  EXPECT(flag);
  OK(skein_get_value(object, text, &got, &error));
  OK(skein_strictly_equals(got, big, &flag, &error));
  EXPECT(flag);
  skein_value_free(got);
  char** keys = NULL;
  size_t count = 0;
  OK(skein_keys(object, &keys, &count, &error));
  EXPECT(count == 2 && strcmp(keys[0], "7") == 0 && strcmp(keys[1], "key") == 0 && keys[2] == NULL);
  skein_keys_free(keys);
  OK(skein_remove(object, "key", &flag, &error));
  OK(skein_remove(object, "never", NULL, &error));
  OK(skein_has(object, "key", &flag, &error));
  EXPECT(!flag);
  FAILS(skein_get(truth, "x", &got, &error), SKEIN_WRONG_TYPE, "expected an object, not a boolean");

  const skein_value* elements[] = {truth, text};
  skein_value* array = NULL;
  OK(skein_array(context, elements, 2, &array, &error));
  OK(skein_length(array, &count, &error));
  EXPECT(count == 2);
  OK(skein_invoke(array, "join", elements + 1, 1, &got, &error));
  char* shown = NULL;
  size_t length = 0;
  OK(skein_value_text(got, &shown, &length, &error));
  EXPECT(length == 10 && strcmp(shown, "truekeykey") == 0);
  skein_text_free(shown);
  skein_value_free(got);
  OK(skein_value_inspect(array, &shown, NULL, &error));
  EXPECT(strcmp(shown, "[ true, 'key' ]") == 0);
  skein_text_free(shown);
  OK(skein_to_json(context, array, &shown, NULL, &error));
  EXPECT(strcmp(shown, "[true,\"key\"]") == 0);
  OK(skein_parse_json(context, shown, strlen(shown), &got, &error));
  EXPECT(skein_value_type(got) == SKEIN_ARRAY);
  skein_text_free(shown);
  skein_value_free(got);
  double number = 0;
  OK(skein_value_to_number(truth, &number, &error));
  OK(skein_value_to_boolean(text, &flag, &error));
  EXPECT(number == 1 && flag);

  skein_value* date = eval(context, "Date");
  skein_value* zero = skein_number(0);
  const skein_value* arguments[] = {zero};
  OK(skein_construct(date, arguments, 1, &got, &error));
  EXPECT(skein_value_type(got) == SKEIN_DATE);
  skein_value_free(got);
  skein_context* other = new_context(NULL);
  EXPECT(skein_to_json(other, array, &shown, NULL, NULL) == SKEIN_WRONG_CONTEXT);
  skein_context_free(other);

  skein_value* all[] = {truth, nothing, undefined, big, huge, text, object, array, date, zero};
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i) skein_value_free(all[i]);
  skein_context_figures figures;
  OK(skein_context_collect_garbage(context, &error));
  OK(skein_context_get_figures(context, &figures, &error));
  EXPECT(figures.heap_bytes > 0 && figures.collections > 0 && figures.handles == 0);
  skein_context_free(context);
}

static void test_buffers(void) {
  skein_context* context = new_context(NULL);
  uint8_t memory[4] = {1, 2, 3, 4};
  atomic_int released = 0;
  skein_value *copy = NULL, *external = NULL, *global = NULL;
  OK(skein_array_buffer(context, memory, 4, &copy, &error));
  OK(skein_external_array_buffer(context, memory, 4, count_up, &released, &external, &error));
  OK(skein_global(context, &global, &error));
  OK(skein_set(global, "external", external, &error));
  skein_value_free(eval(context, "new Uint8Array(external)[0] = 9"));
  EXPECT(memory[0] == 9);
  uint8_t* bytes = NULL;
  size_t length = 0;
  OK(skein_value_bytes(copy, &bytes, &length, &error));
  EXPECT(length == 4 && bytes[0] == 1);
  OK(skein_value_bytes(external, &bytes, &length, &error));
  EXPECT(bytes == memory);
  FAILS(skein_value_bytes(global, &bytes, &length, &error), SKEIN_WRONG_TYPE, "expected an ArrayBuffer or a view of one, not an object");
  skein_value_free(copy);
  skein_value_free(external);
  skein_value_free(global);
  skein_context_free(context);
  EXPECT(released == 1);
}

static void test_errors(void) {
  skein_context* context = new_context(NULL);
  skein_value* value = NULL;
  skein_error* error = NULL;
  EXPECT(skein_evaluate(context, "\n throw new RangeError('x')", 27, "thrown.js", &value, &error) == SKEIN_EXCEPTION);
  EXPECT(skein_error_get_class(error) == SKEIN_RANGE_ERROR);
  EXPECT(strcmp(skein_error_file(error), "thrown.js") == 0 && skein_error_line(error) == 2);
  EXPECT(strncmp(skein_error_stack(error), "RangeError: x\n    at ", 21) == 0);
  skein_value* thrown = skein_error_value(error);
  EXPECT(skein_value_type(thrown) == SKEIN_ERROR_OBJECT);
  skein_error* copy = skein_error_copy(error);
  OK(skein_error_object(context, copy, &value, &error));
  bool same = false;
  OK(skein_strictly_equals(value, thrown, &same, &error));
  EXPECT(same);
  skein_value_free(value);
  skein_error_free(error);
  EXPECT(strcmp(skein_error_message(copy), "RangeError: x") == 0);
  skein_error_free(copy);
  skein_value_free(thrown);
  skein_context_free(context);
}

static void test_clones(void) {
  skein_context* a = new_context(NULL);
  skein_context* b = new_context(NULL);
  skein_value* value = eval(a, "globalThis.buffer = new ArrayBuffer(8); ({buffer, list: [1, 'two']})");
  skein_value* buffer = eval(a, "buffer");
  const skein_value* transfer[] = {buffer};
  skein_message* message = NULL;
  OK(skein_message_new(a, value, SKEIN_SAME_PROCESS, transfer, 1, &message, &error));
  EXPECT(eval_is(a, "buffer.detached", "true"));
  EXPECT(skein_message_scope(message) == SKEIN_SAME_PROCESS && skein_message_size(message) >= 8);
  const uint8_t* bytes = NULL;
  size_t length = 0;
  EXPECT(skein_message_bytes(message, &bytes, &length, NULL) == SKEIN_INVALID);
  skein_value* copy = NULL;
  OK(skein_message_read(b, message, &copy, &error));
  EXPECT(skein_value_type(copy) == SKEIN_OBJECT);
  skein_value_free(copy);
  EXPECT(skein_message_read(b, message, &copy, NULL) == SKEIN_EXCEPTION); /* once */
  skein_message_free(message);
  skein_value_free(buffer);
  skein_value_free(value);

  value = eval(a, "new Map([['key', 7n]])");
  OK(skein_message_new(a, value, SKEIN_DIFFERENT_PROCESS, NULL, 0, &message, &error));
  OK(skein_message_bytes(message, &bytes, &length, &error));
  skein_message* again = skein_message_from_bytes(bytes, length);
  skein_message_free(message);
  OK(skein_message_read(b, again, &copy, &error));
  EXPECT(skein_value_type(copy) == SKEIN_MAP);
  skein_value_free(copy);
  skein_message_free(again);
  skein_value_free(value);
  value = eval(a, "({deep: [() => 1]})");
  FAILS(skein_message_new(a, value, SKEIN_DIFFERENT_PROCESS, NULL, 0, &message, &error), SKEIN_EXCEPTION,
        "DataCloneError: $.deep[0]: function could not be cloned");
  skein_value_free(value);
  skein_context_free(a);
  skein_context_free(b);
}

const test_case kValuesCases[] = {
    {"values", test_values},
    {"buffers", test_buffers},
    {"errors", test_errors},
    {"clones", test_clones},
    {NULL, NULL},
};
