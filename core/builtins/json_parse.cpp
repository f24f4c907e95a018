// The JSON parser: one pass over the text, with a stack of its own instead of recursion.
//
// `stack_` holds, rooted and charged to the heap, a frame for each open container:
//   index of the frame below (-1: none), index in records_ where its children begin, the object or
//   (for arrays) null; behind these an array's elements so far, or the key whose value comes next.
// Objects grow property by property along the shapes' transitions, so that like objects cost no
// lookups: a transition that exists says that the key is new to the shape.
#include <algorithm>

#include "core/builtins/json.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/numeric/text_to_number.h"
#include "core/runtime/elements.h"

namespace skein {
namespace {

enum class RecordMode : uint8_t { kNone, kKeep };

template <typename Unit>
class JsonParser {
 public:
  JsonParser(Agent& agent, String* source, std::span<const Unit> text, RecordMode mode)
      : agent_(agent), source_(source), text_(text), mode_(mode), stack_(agent), records_(agent), value_(agent), poll_(agent) {}

  Completion<Value> parse(Root<Value>* record) {
    for (bool has_value = false; !has_value;) {
      TRY(poll_.tick());
      // A value, or the start of a container that is not empty.
      if (!TRY(parse_value())) continue;
      // Containers that end with it; false when another value is to come.
      has_value = TRY(complete_containers());
    }
    skip_white_space();
    if (at_ != end()) return fail_at("Unexpected non-whitespace character after JSON");
    if (record != nullptr) *record = records_.back();
    return value_.get();
  }

 private:
  static constexpr int32_t kFrameSize = 3;

  uint32_t end() const { return static_cast<uint32_t>(text_.size()); }
  // 0 at the end, which is no character that JSON knows outside of strings.
  char16_t current() const { return at_ < text_.size() ? text_[at_] : u'\0'; }
  void skip_white_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t')) ++at_;
  }

  // --- Containers ---

  bool in_container() const { return frame_ >= 0; }
  Object* frame_object() const {
    Value object = stack_[static_cast<size_t>(frame_) + 2];
    return object.is_object() ? object.as_object() : nullptr;
  }
  void push_frame(Value object) {
    int32_t below = frame_;
    frame_ = static_cast<int32_t>(stack_.size());
    stack_.push_back(Value::int32(below));
    stack_.push_back(Value::int32(static_cast<int32_t>(records_.size())));
    stack_.push_back(object);
  }
  void pop_frame() {
    size_t frame = static_cast<size_t>(frame_);
    if (mode_ == RecordMode::kKeep) record_container(static_cast<size_t>(stack_[frame + 1].as_int32()));
    frame_ = stack_[frame].as_int32();
    stack_.resize(frame);
  }

  // Leaves a complete value in value_ and returns true, or opens a container and returns false.
  Completion<bool> parse_value() {
    skip_white_space();
    value_start_ = at_;
    switch (current()) {
      case '{':
        ++at_;
        push_frame(make_object(agent_));
        skip_white_space();
        if (current() != '}') {
          TRY(parse_key("Expected property name or '}' in JSON"));
          return false;
        }
        ++at_;
        value_ = frame_object();
        pop_frame();
        return true;
      case '[':
        ++at_;
        push_frame(Value::null());
        skip_white_space();
        if (current() != ']') return false;
        ++at_;
        return finish_array();
      case '"':
        value_ = TRY(parse_string());
        break;
      case 't': TRY(parse_literal("true", Value::boolean(true))); break;
      case 'f': TRY(parse_literal("false", Value::boolean(false))); break;
      case 'n': TRY(parse_literal("null", Value::null())); break;
      default: TRY(parse_number());
    }
    if (mode_ == RecordMode::kKeep) push_record(value_start_, at_, Value::undefined());
    return true;
  }

  // With a value in value_: puts it where it belongs, and closes what ends behind it. True when that
  // was the outermost value.
  Completion<bool> complete_containers() {
    while (in_container()) {
      TRY(poll_.tick());
      if (Object* object = frame_object()) {
        TRY(add_member(object));
        skip_white_space();
        if (current() == ',') {
          ++at_;
          skip_white_space();
          TRY(parse_key("Expected double-quoted property name in JSON"));
          return false;
        }
        if (current() != '}') return fail_at("Expected ',' or '}' after property value in JSON");
        ++at_;
        value_ = object;
        pop_frame();
      } else {
        stack_.push_back(value_);
        skip_white_space();
        if (current() == ',') {
          ++at_;
          return false;
        }
        if (current() != ']') return fail_at("Expected ',' or ']' after array element in JSON");
        ++at_;
        TRY(finish_array());
      }
    }
    return true;
  }

  Completion<bool> finish_array() {
    size_t first = static_cast<size_t>(frame_ + kFrameSize);
    Array* array = make_array(agent_);
    size_t count = stack_.size() - first;
    if (count > 0) {
      if (!array->reserve_elements(agent_, static_cast<uint32_t>(count))) return throw_out_of_memory(agent_);
      std::copy_n(stack_.data() + first, count, array->dense_elements()->data());
      array->dense_elements()->write_barrier();
      array->set_length_field(static_cast<uint32_t>(count));
    }
    value_ = array;
    pop_frame();
    return true;
  }

  // A key and the colon behind it.
  Completion<void> parse_key(const char* message) {
    if (current() != '"') return fail_at(message);
    StringView view;
    Root<String*> decoded(agent_);
    if (!TRY(scan_string(view))) {
      decoded = TRY(decode_string());
      view = decoded->view();
    }
    FlatString* key = agent_.atoms().atomize(view);
    stack_.push_back(key);
    if (mode_ == RecordMode::kKeep) records_.push_back(key);
    skip_white_space();
    if (current() != ':') return fail_at("Expected ':' after property name in JSON");
    ++at_;
    return {};
  }

  Completion<void> add_member(Object* object) {
    PropertyKey key(static_cast<FlatString*>(stack_.back().as_string()));
    stack_.pop_back();
    if (key.is_index()) {
      if (!put_own_element(agent_, object, key.as_index(), value_, kDefaultAttributes)) return throw_out_of_memory(agent_);
      return {};
    }
    Shape* shape = object->shape();
    if (Shape* next = shape->find_transition(key, kDefaultAttributes)) {
      object->add_by_transition(agent_, next, value_);
      return {};
    }
    PropertyLocation location = object->lookup(key);
    if (location) object->set_slot(location.slot, value_);
    else object->add_property(agent_, key, value_, kDefaultAttributes);
    return {};
  }

  // --- Records ---

  void push_record(uint32_t start, uint32_t end, Value children) {
    ValueArray* record = ValueArray::make(agent_.heap(), JsonRecord::kSize);
    record->set(JsonRecord::kValue, value_);
    record->set(JsonRecord::kStart, Value::number(start));
    record->set(JsonRecord::kEnd, Value::number(end));
    record->set(JsonRecord::kChildren, children);
    records_.push_back(Value::cell(record));
  }
  // Replaces the records of the children by that of the container in value_.
  void record_container(size_t first) {
    uint32_t count = static_cast<uint32_t>(records_.size() - first);
    ValueArray* children = ValueArray::make(agent_.heap(), count);
    for (uint32_t i = 0; i < count; ++i) children->set(i, records_[first + i]);
    records_.resize(first);
    push_record(0, 0, Value::cell(children));
  }

  // --- Strings ---

  // From the opening quote on. True with the contents in `view` and at_ behind the closing quote, or
  // false at the first escape, with the opening quote at string_start_.
  Completion<bool> scan_string(StringView& view) {
    string_start_ = at_++;
    for (; at_ < text_.size(); ++at_) {
      Unit unit = text_[at_];
      if (unit == '"') {
        view = StringView(text_.data() + string_start_ + 1, at_ - string_start_ - 1);
        ++at_;
        return true;
      }
      if (unit == '\\') return false;
      if (unit < 0x20) return fail_at("Bad control character in string literal in JSON");
    }
    return fail_at("Unterminated string in JSON");
  }

  Completion<String*> parse_string() {
    StringView view;
    if (!TRY(scan_string(view))) return decode_string();
    if (view.is_empty()) return agent_.atoms().empty();
    if (view.length() == 1) return make_single_unit(agent_, view[0]);
    String* string = new_string(agent_.heap(), view);
    if (string == nullptr) return throw_invalid_string_length(agent_);
    return string;
  }

  // The string that scan_string() has left at its first escape.
  Completion<String*> decode_string() {
    StringBuilder builder(agent_.heap());
    uint32_t run = string_start_ + 1;
    auto flush = [&] { builder.append(StringView(text_.data() + run, at_ - run)); };
    while (at_ < text_.size()) {
      Unit unit = text_[at_];
      if (unit == '"') {
        flush();
        ++at_;
        return finish_string(agent_, builder);
      }
      if (unit < 0x20) return fail_at("Bad control character in string literal in JSON");
      if (unit != '\\') {
        ++at_;
        continue;
      }
      flush();
      TRY(decode_escape(builder));
      run = at_;
      TRY(poll_.tick());
    }
    return fail_at("Unterminated string in JSON");
  }

  Completion<void> decode_escape(StringBuilder& builder) {
    ++at_;
    if (at_ >= text_.size()) return fail_at("Unterminated string in JSON");
    switch (text_[at_]) {
      case '"': builder.append(u'"'); break;
      case '\\': builder.append(u'\\'); break;
      case '/': builder.append(u'/'); break;
      case 'b': builder.append(u'\b'); break;
      case 'f': builder.append(u'\f'); break;
      case 'n': builder.append(u'\n'); break;
      case 'r': builder.append(u'\r'); break;
      case 't': builder.append(u'\t'); break;
      case 'u': {
        uint32_t unit = 0;
        for (int i = 0; i < 4; ++i) {
          ++at_;
          if (at_ >= text_.size()) return fail_at("Unterminated string in JSON");
          int digit = numeric::digit_value(text_[at_]);
          if (digit < 0 || digit > 15) return fail_at("Bad Unicode escape in JSON");
          unit = unit * 16 + static_cast<uint32_t>(digit);
        }
        builder.append(static_cast<char16_t>(unit));
        break;
      }
      default: return fail_at("Bad escaped character in JSON");
    }
    ++at_;
    return {};
  }

  // --- Numbers and words ---

  static bool is_digit(char16_t unit) { return unit >= '0' && unit <= '9'; }
  void skip_digits() {
    while (is_digit(current())) ++at_;
  }

  Completion<void> parse_number() {
    uint32_t start = at_;
    bool is_negative = current() == '-';
    if (is_negative) ++at_;
    if (!is_digit(current())) return is_negative ? fail_at("No number after minus sign in JSON") : fail_unexpected();
    uint32_t first_digit = at_;
    if (current() == '0') {
      ++at_;
      if (is_digit(current())) return fail_at("Unexpected number in JSON");
    } else {
      skip_digits();
    }
    bool is_integer = true;
    if (current() == '.') {
      is_integer = false;
      ++at_;
      if (!is_digit(current())) return fail_at("Unterminated fractional number in JSON");
      skip_digits();
    }
    if (current() == 'e' || current() == 'E') {
      is_integer = false;
      ++at_;
      if (current() == '+' || current() == '-') ++at_;
      if (!is_digit(current())) return fail_at("Exponent part is missing a number in JSON");
      skip_digits();
    }
    // OPTIMIZATION: integers that surely fit 32 bits.
    if (is_integer && at_ - first_digit <= 9) {
      int32_t number = 0;
      for (uint32_t i = first_digit; i < at_; ++i) number = number * 10 + static_cast<int32_t>(text_[i] - '0');
      if (!is_negative) value_ = Value::int32(number);
      else value_ = number == 0 ? Value::number(-0.0) : Value::int32(-number);
      return {};
    }
    value_ = Value::number(numeric::string_to_number(text_.subspan(start, at_ - start)));
    return {};
  }

  Completion<void> parse_literal(std::string_view literal, Value value) {
    for (char expected : literal) {
      if (current() != static_cast<char16_t>(expected)) return fail_unexpected();
      ++at_;
    }
    value_ = value;
    return {};
  }

  // --- Errors, worded as V8's ---

  Thrown fail_at(std::string_view message) {
    uint32_t line = 1, column = 1;
    for (uint32_t i = 0; i < at_; ++i) {
      bool is_line_end = text_[i] == '\n' || (text_[i] == '\r' && !(i + 1 < text_.size() && text_[i + 1] == '\n'));
      column = is_line_end ? 1 : column + 1;
      line += is_line_end;
    }
    return throw_syntax_error(agent_, {message, " at position ", std::to_string(at_), " (line ", std::to_string(line), " column ",
                                       std::to_string(column), ")"});
  }

  // The texts that values turn into which people pass by mistake.
  bool is_special_text() const {
    StringView text(text_.data(), end());
    for (std::string_view special : {"NaN", "Infinity", "undefined", "[object Object]"})
      if (text == StringView(special)) return true;
    return false;
  }

  Thrown fail_unexpected() {
    if (is_special_text()) return throw_syntax_error(agent_, {"\"", source_->to_utf8(), "\" is not valid JSON"});
    if (at_ >= text_.size()) return throw_syntax_error(agent_, {"Unexpected end of JSON input"});
    if (is_digit(text_[at_]) || text_[at_] == '-') return fail_at("Unexpected number in JSON");
    if (text_[at_] == '"') return fail_at("Unexpected string in JSON");
    StringView text(text_.data(), end());
    std::string token = text.substring(at_, at_ + 1).to_utf8();
    constexpr uint32_t kContext = 10;
    uint32_t from = 0, to = end();
    if (end() > 2 * kContext) {
      if (at_ >= kContext) from = at_ - kContext;
      if (at_ < end() - kContext) to = at_ + kContext;
    }
    return throw_syntax_error(agent_, {"Unexpected token '", token, "', ", from > 0 ? "...\"" : "\"", text.substring(from, to).to_utf8(),
                                       to < end() ? "\"... is not valid JSON" : "\" is not valid JSON"});
  }

  Agent& agent_;
  String* source_;  // rooted by the caller
  std::span<const Unit> text_;
  RecordMode mode_;
  RootVector stack_;
  RootVector records_;
  Root<Value> value_;
  LoopPoll poll_;
  int32_t frame_ = -1;
  uint32_t at_ = 0;
  uint32_t value_start_ = 0;
  uint32_t string_start_ = 0;
};

Completion<Value> parse(Agent& agent, String* text, RecordMode mode, Root<Value>* record) {
  Root<String*> kept(agent, text);
  return text->view().visit([&](auto units) -> Completion<Value> {
    using Unit = std::remove_cvref_t<decltype(units[0])>;
    JsonParser<Unit> parser(agent, text, units, mode);
    return parser.parse(record);
  });
}

}  // namespace

Completion<Value> parse_json(Agent& agent, String* text) { return parse(agent, text, RecordMode::kNone, nullptr); }

Completion<Value> parse_json_with_records(Agent& agent, String* text, Root<Value>& record) {
  return parse(agent, text, RecordMode::kKeep, &record);
}

}  // namespace skein
