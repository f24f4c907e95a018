#include "core/host/inspect.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/utf.h"
#include "core/host/inspect_kinds.h"
#include "core/numeric/number_to_text.h"
#include "core/numeric/text_to_number.h"
#include "core/runtime/elements.h"
#include "core/runtime/operations.h"
#include "core/runtime/primitive_object.h"

namespace skein {

namespace {

constexpr size_t kMaxArrayItems = 100;
constexpr uint32_t kMaxStringLength = 10000;
constexpr int kCompactLevels = 3;

// ANSI colours by what is shown, as Node's.
enum class Style { kNumber, kString, kUndefined, kNull, kSpecial, kSymbol, kDate, kRegExp };

const char* style_start(Style style) {
  switch (style) {
    case Style::kNumber: return "\x1b[33m";
    case Style::kString: return "\x1b[32m";
    case Style::kUndefined: return "\x1b[90m";
    case Style::kNull: return "\x1b[1m";
    case Style::kSpecial: return "\x1b[36m";
    case Style::kSymbol: return "\x1b[32m";
    case Style::kDate: return "\x1b[35m";
    case Style::kRegExp: return "\x1b[31m";
  }
  return "";
}
const char* style_end(Style style) { return style == Style::kNull ? "\x1b[22m" : "\x1b[39m"; }

bool is_identifier(const std::string& text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '$'; });
}

// Columns that a text takes: code points without colour sequences.
size_t display_width(const std::string& text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm') ++i;
    } else if ((text[i] & 0xC0) != 0x80) {
      ++width;
    }
  }
  return width;
}

// Quoted with ' unless that occurs and " or ` does not.
std::string quote(StringView view) {
  bool has_single = view.index_of(StringView(std::string_view("'"))) >= 0;
  char mark = '\'';
  if (has_single) {
    if (view.index_of(StringView(std::string_view("\""))) < 0) mark = '"';
    else if (view.index_of(StringView(std::string_view("`"))) < 0 && view.index_of(StringView(std::string_view("${"))) < 0) mark = '`';
  }
  std::string text = view.to_utf8();
  std::string out(1, mark);
  for (char c : text) {
    switch (c) {
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\v': out += "\\v"; break;
      case '\\': out += "\\\\"; break;
      default:
        if (c == mark) {
          out += '\\';
          out += c;
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          char buffer[8];
          std::snprintf(buffer, sizeof buffer, "\\x%02X", static_cast<unsigned char>(c));
          out += buffer;
        } else {
          out += c;
        }
    }
  }
  return out + mark;
}

class Inspector {
 public:
  Inspector(Agent& agent, const InspectOptions& options) : agent_(agent), options_(options) {}

  std::string value(Value value, int depth) {
    if (value.is_object()) return object(value.as_object(), depth);
    return primitive(value);
  }

 private:
  std::string styled(std::string text, Style style) const {
    return options_.colors ? style_start(style) + text + style_end(style) : text;
  }

  std::string primitive(Value value) {
    if (value.is_string()) return string(value.as_string());
    if (value.is_number()) {
      double number = value.as_number();
      if (number == 0 && std::signbit(number)) return styled("-0", Style::kNumber);
      numeric::NumberBuffer buffer;
      return styled(std::string(numeric::number_to_text(number, buffer)), Style::kNumber);
    }
    if (value.is_undefined()) return styled("undefined", Style::kUndefined);
    if (value.is_null()) return styled("null", Style::kNull);
    if (value.is_boolean()) return styled(value.as_boolean() ? "true" : "false", Style::kNumber);
    if (value.is_symbol()) return styled(PropertyKey(value.as_symbol()).to_display(), Style::kSymbol);
    if (value.is_bigint()) {
      auto text = bigint_to_string(agent_, value.as_bigint(), 10);
      if (text.is_thrown()) return "[BigInt]";
      return styled(text.value()->to_utf8() + "n", Style::kNumber);
    }
    return "<empty>";
  }

  std::string string(String* text) {
    StringView view = text->view();
    std::string rest;
    if (view.length() > kMaxStringLength) {
      uint32_t more = view.length() - kMaxStringLength;
      rest = "... " + std::to_string(more) + " more character" + (more > 1 ? "s" : "");
      view = view.substring(0, kMaxStringLength);
    }
    return styled(quote(view), Style::kString) + rest;
  }

  // --- Objects ---

  std::string object(Object* object, int depth) {
    if (agent_.native_stack_exhausted()) return "[Object: nested too deeply]";
    if (object->kind() == CellKind::kProxy) {
      Object* target = proxy_target_of(object);
      if (target == nullptr) return "<Revoked Proxy>";
      return this->object(target, depth);
    }
    if (std::find(seen_.begin(), seen_.end(), object) != seen_.end()) {
      auto at = std::find(circular_.begin(), circular_.end(), object);
      if (at == circular_.end()) at = circular_.insert(circular_.end(), object);
      return styled("[Circular *" + std::to_string(at - circular_.begin() + 1) + "]", Style::kSpecial);
    }
    return raw(object, depth);
  }

  // What one object is shown as, before it is laid out in lines.
  struct Parts {
    std::string base;
    std::string open = "{";
    std::string close = "}";
    std::vector<std::string> entries;
    bool is_list = false;          // entries may be arranged in columns
    size_t extra_entries = 0;      // trailing ones that are not items ("... more items")
    bool keys_follow = true;       // own properties are shown too
    bool braces_always = true;     // without entries: show "{}" and not only the base
  };

  std::string raw(Object* object, int depth) {
    std::string constructor = constructor_name(object);
    std::string tag = to_string_tag(object);
    if (!tag.empty() && tag == constructor) tag.clear();
    Parts parts;
    describe(object, constructor, tag, depth, parts);
    const bool hides_content = depth > options_.depth;
    if (hides_content && (has_own_content(object) || parts.is_list)) {
      std::string name = constructor.empty() ? "Object: null prototype" : constructor;
      if (object->kind() == CellKind::kArray) name = "Array";
      if (parts.base.empty() || parts.is_list) return styled("[" + name + (tag.empty() ? "" : " [" + tag + "]") + "]", Style::kSpecial);
      return parts.base;
    }
    seen_.push_back(object);
    current_depth_ = depth;
    indentation_ += 2;
    items(object, depth, parts);
    size_t item_count = parts.entries.size();
    if (parts.keys_follow) properties(object, depth, parts);
    indentation_ -= 2;
    seen_.pop_back();
    auto at = std::find(circular_.begin(), circular_.end(), object);
    if (at != circular_.end()) {
      std::string reference = styled("<ref *" + std::to_string(at - circular_.begin() + 1) + ">", Style::kSpecial);
      if (parts.base.empty()) parts.open = reference + " " + parts.open;
      else parts.base = reference + " " + parts.base;
    }
    if (parts.entries.empty()) {
      if (!parts.base.empty() && !parts.braces_always) return parts.base;
      if (parts.base.empty()) return parts.open + parts.close;
      return parts.base + " " + parts.open + parts.close;
    }
    return lay_out(parts, item_count, depth);
  }

  // The head of an object by its kind.
  void describe(Object* object, const std::string& constructor, const std::string& tag, int depth, Parts& parts) {
    auto prefix = [&](const std::string& fallback, size_t size, bool sized) {
      std::string text = constructor.empty() ? "[" + fallback + (sized ? "(" + std::to_string(size) + ")" : "") + ": null prototype]"
                                             : constructor + (sized ? "(" + std::to_string(size) + ")" : "");
      if (!tag.empty()) text += " [" + tag + "]";
      return text + " ";
    };
    switch (object->kind()) {
      case CellKind::kArray: {
        uint32_t length = static_cast<Array*>(object)->length();
        if (constructor != "Array" || !tag.empty()) parts.open = prefix("Array", length, true) + "[";
        else parts.open = "[";
        parts.close = "]";
        parts.is_list = length > 0;
        return;
      }
      case CellKind::kArguments:
        parts.open = "[Arguments] [";
        parts.close = "]";
        parts.is_list = true;
        return;
      case CellKind::kError:
        parts.base = error_text(object, constructor);
        parts.braces_always = false;
        return;
      case CellKind::kBooleanObject:
      case CellKind::kNumberObject:
      case CellKind::kStringObject:
      case CellKind::kSymbolObject:
      case CellKind::kBigIntObject: {
        Value data = static_cast<PrimitiveObject*>(object)->primitive_value();
        std::string type = object->kind() == CellKind::kBooleanObject  ? "Boolean"
                           : object->kind() == CellKind::kNumberObject ? "Number"
                           : object->kind() == CellKind::kStringObject ? "String"
                           : object->kind() == CellKind::kSymbolObject ? "Symbol"
                                                                       : "BigInt";
        if (!constructor.empty() && constructor != type) type += " (" + constructor + ")";
        parts.base = styled("[" + type + ": " + primitive(data) + "]", Style::kString);
        parts.braces_always = false;
        return;
      }
      case CellKind::kGlobalObject: parts.open = "Object [global] {"; return;
      default: break;
    }
    if (object->is_callable()) {
      parts.base = styled(function_text(object, constructor, tag), Style::kSpecial);
      parts.braces_always = false;
      return;
    }
    KindText special = describe_kind(agent_, object);
    if (special.is_value) {  // dates and regular expressions
      Style style = object->kind() == CellKind::kDate ? Style::kDate : Style::kRegExp;
      parts.base = styled(special.head, style);
      parts.braces_always = false;
      return;
    }
    if (!special.head.empty()) {
      std::string head = special.head;
      if (!constructor.empty() && constructor != special.type) head = constructor + head.substr(special.type.size());
      parts.open = head + (tag.empty() || tag == special.type ? "" : " [" + tag + "]") + " " + (special.is_list ? "[" : "{");
      parts.close = special.is_list ? "]" : "}";
      parts.is_list = special.is_list;
      return;
    }
    if (constructor == "Object" && tag.empty()) return;
    if (constructor.empty()) parts.open = std::string("[Object: null prototype") + "] " + (tag.empty() ? "" : "[" + tag + "] ") + "{";
    else parts.open = constructor + (tag.empty() ? "" : " [" + tag + "]") + " {";
    (void)depth;
  }

  // Elements of arrays and what other collections hold.
  void items(Object* object, int depth, Parts& parts) {
    switch (object->kind()) {
      case CellKind::kArray: array_items(object, static_cast<Array*>(object)->length(), depth, parts); return;
      case CellKind::kArguments: array_items(object, arguments_length(object), depth, parts); return;
      default: break;
    }
    std::vector<KindItem> contents;
    size_t total = kind_items(agent_, object, kMaxArrayItems, contents);
    for (const KindItem& item : contents) {
      std::string text = item.label;
      if (!item.key.is_empty()) text += value(item.key, depth + 1) + " => ";
      if (!item.value.is_empty()) text += value(item.value, depth + 1);
      parts.entries.push_back(text);
    }
    if (total > contents.size()) more_items(total - contents.size(), parts);
  }

  void more_items(size_t count, Parts& parts) {
    parts.entries.push_back("... " + std::to_string(count) + " more item" + (count > 1 ? "s" : ""));
    ++parts.extra_entries;
  }

  uint32_t arguments_length(Object* object) {
    PropertyLocation location = object->lookup(agent_.names().length);
    if (!location || !object->slot(location.slot).is_int32()) return 0;
    return static_cast<uint32_t>(std::max(object->slot(location.slot).as_int32(), 0));
  }

  void array_items(Object* object, uint32_t length, int depth, Parts& parts) {
    uint32_t index = 0;
    std::vector<uint32_t> present;
    if (object->is_sparse()) present = own_element_indices(object);
    while (index < length && parts.entries.size() < kMaxArrayItems) {
      ElementLocation element = get_own_element(object, index);
      if (element.found) {
        parts.entries.push_back(property_value(element.value, element.attributes, depth));
        ++index;
        continue;
      }
      uint32_t start = index;
      if (object->is_sparse()) {
        auto next = std::lower_bound(present.begin(), present.end(), index);
        index = next == present.end() ? length : std::min(*next, length);
      } else {
        while (index < length && !get_own_element(object, index).found) {
          ValueArray* dense = object->dense_elements();
          if (dense == nullptr || index >= dense->capacity()) index = length;
          else ++index;
        }
      }
      uint32_t holes = index - start;
      parts.entries.push_back(styled("<" + std::to_string(holes) + " empty item" + (holes > 1 ? "s" : "") + ">", Style::kUndefined));
    }
    if (index < length) more_items(length - index, parts);
  }

  std::string property_value(Value value, PropertyAttributes attributes, int depth) {
    if (!(attributes & kAccessorProperty)) return this->value(value, depth + 1);
    auto* accessor = value.as<Accessor>();
    bool getter = !accessor->getter.get().is_undefined(), setter = !accessor->setter.get().is_undefined();
    return styled(getter && setter ? "[Getter/Setter]" : setter ? "[Setter]" : "[Getter]", Style::kSpecial);
  }

  void properties(Object* object, int depth, Parts& parts) {
    const bool is_array = object->kind() == CellKind::kArray || object->kind() == CellKind::kArguments || object->kind() == CellKind::kStringObject;
    if (!is_array) {
      for (uint32_t index : own_element_indices(object)) {
        ElementLocation element = get_own_element(object, index);
        if (!(element.attributes & kEnumerable)) continue;
        std::string label = styled("'" + std::to_string(index) + "'", Style::kString) + ": ";
        parts.entries.push_back(label + property_value(element.value, element.attributes, depth));
      }
    }
    std::vector<PropertyTable::Entry> entries;
    object->shape()->collect_properties(entries);
    for (bool symbols : {false, true}) {
      for (const auto& entry : entries) {
        if (entry.key.is_symbol() != symbols || entry.key.is_private() || !(entry.attributes & kEnumerable)) continue;
        if (entry.attributes & kLazyProperty) (void)object->lookup(entry.key);  // makes it
        if (is_told_by_stack(object, entry.key, object->slot(entry.slot), parts.base)) continue;
        parts.entries.push_back(key_label(entry.key) + ": " + property_value(object->slot(entry.slot), entry.attributes, depth));
      }
    }
    if (object->kind() == CellKind::kError) {
      for (FlatString* name : {agent_.names().cause, agent_.names().errors}) {
        PropertyLocation location = object->lookup(name);
        if (!location || (location.attributes & (kEnumerable | kAccessorProperty))) continue;
        parts.entries.push_back("[" + name->to_utf8() + "]: " + value(object->slot(location.slot), depth + 1));
      }
    }
  }

  std::string key_label(PropertyKey key) {
    if (key.is_symbol()) return "[" + styled(key.to_display(), Style::kSymbol) + "]";
    std::string text = key.as_atom()->to_utf8();
    return is_identifier(text) ? text : styled(quote(key.as_atom()->view()), Style::kString);
  }

  bool has_own_content(Object* object) {
    if (object->kind() == CellKind::kError || object->is_callable()) return false;
    if (!own_element_indices(object).empty()) return true;
    std::vector<PropertyTable::Entry> entries;
    object->shape()->collect_properties(entries);
    for (const auto& entry : entries)
      if ((entry.attributes & kEnumerable) && !entry.key.is_private()) return true;
    std::vector<KindItem> contents;
    return kind_items(agent_, object, 1, contents) != 0;
  }

  // --- Names ---

  Value data_property(Object* object, PropertyKey key) {
    PropertyLocation location = object->lookup(key);
    if (!location || (location.attributes & kAccessorProperty)) return Value::empty();
    return object->slot(location.slot);
  }

  // The name of the constructor that a prototype names; empty for objects without one.
  std::string constructor_name(Object* object) {
    for (Object* o = object; o != nullptr && o->kind() != CellKind::kProxy; o = o->prototype()) {
      Value constructor = data_property(o, agent_.names().constructor);
      if (constructor.is_empty() || !constructor.is_object() || !constructor.as_object()->is_callable()) continue;
      Value name = data_property(constructor.as_object(), agent_.names().name);
      if (name.is_string() && !name.as_string()->is_empty()) return name.as_string()->to_utf8();
    }
    return {};
  }

  std::string to_string_tag(Object* object) {
    PropertyKey key(agent_.well_known(WellKnownSymbol::kToStringTag));
    for (Object* o = object; o != nullptr && o->kind() != CellKind::kProxy; o = o->prototype()) {
      Value tag = data_property(o, key);
      if (tag.is_string()) return tag.as_string()->to_utf8();
      if (!tag.is_empty()) return {};
    }
    return {};
  }

  std::string function_text(Object* function, const std::string& constructor, const std::string& tag) {
    Value name_value = data_property(function, agent_.names().name);
    std::string name = name_value.is_string() ? name_value.as_string()->to_utf8() : std::string();
    if (is_class_constructor(agent_, function)) {
      std::string text = "[class " + (name.empty() ? "(anonymous)" : name);
      Object* parent = function->prototype();
      if (parent != nullptr) {
        Value parent_name = data_property(parent, agent_.names().name);
        if (parent_name.is_string() && !parent_name.as_string()->is_empty()) text += " extends " + parent_name.as_string()->to_utf8();
      } else {
        text += " extends null";
      }
      return text + "]";
    }
    std::string type = constructor.empty() ? "Function" : constructor;
    std::string text = "[" + (type.find("Function") == std::string::npos ? "Function" : type);
    text += name.empty() ? " (anonymous)]" : ": " + name + "]";
    if (constructor.empty()) text += " [null prototype]";
    if (!tag.empty() && tag != constructor) text += " [" + tag + "]";
    return text;
  }

  // A standard name at the head of the stack gives way to the name that the error has now: "Mine: message". One of a
  // class without a name of its own becomes "Mine [Error]: message".
  void improve_error_name(std::string& text, Object* error, const std::string& constructor) {
    size_t end = text.find_first_of(":\n");
    const std::string head = text.substr(0, end);
    if (!head.ends_with("Error") || head.find_first_of(" [(") != std::string::npos) return;
    std::string name;
    for (Object* o = error; o != nullptr && o->kind() != CellKind::kProxy; o = o->prototype()) {
      Value value = data_property(o, agent_.names().name);
      if (value.is_empty()) continue;
      if (value.is_string()) name = value.as_string()->to_utf8();
      break;
    }
    if (name.empty()) return;
    if (name != head) text.replace(0, head.size(), name);
    else if (!constructor.empty() && constructor != head) text.replace(0, head.size(), constructor + " [" + head + "]");
  }

  // Own properties that the error's text says already.
  bool is_told_by_stack(Object* error, PropertyKey key, Value value, const std::string& text) {
    const Names& names = agent_.names();
    if (!(key == PropertyKey(names.name) || key == PropertyKey(names.message) || key == PropertyKey(names.stack))) return false;
    return error->kind() == CellKind::kError && value.is_string() && text.find(value.as_string()->to_utf8()) != std::string::npos;
  }

  // The stack, indented to where it stands; without one, "[Name: message]".
  std::string error_text(Object* error, const std::string& constructor) {
    Value stack = data_property(error, agent_.names().stack);
    if (auto* error_object = error->as_if<ErrorObject>(); error_object != nullptr && !error->lookup(agent_.names().stack))
      stack = error_stack(agent_, error_object);
    std::string text = stack.is_string() ? stack.as_string()->to_utf8() : std::string();
    if (text.empty()) text = "[" + error_header(agent_, error) + "]";
    else improve_error_name(text, error, constructor);
    if (!text.starts_with('[') && text.find("\n    at ") == std::string::npos) text = "[" + text + "]";
    if (indentation_ == 0) return text;
    std::string indented;
    for (char c : text) {
      indented += c;
      if (c == '\n') indented.append(indentation_, ' ');
    }
    return indented;
  }

  // --- Layout ---

  std::string lay_out(Parts& parts, size_t item_count, int depth) {
    std::vector<std::string>& entries = parts.entries;
    const size_t before = entries.size();
    if (parts.is_list && entries.size() > 6) group_in_columns(parts, item_count);
    const std::string head = parts.base.empty() ? "" : parts.base + " ";
    if (current_depth_ - depth < kCompactLevels && before == entries.size()) {
      size_t start = entries.size() + indentation_ + display_width(parts.open) + display_width(parts.base) + 10;
      size_t total = entries.size() + start;
      bool fits = total + entries.size() <= static_cast<size_t>(options_.break_length);
      for (const std::string& entry : entries) {
        total += display_width(entry);
        if (entry.find('\n') != std::string::npos) fits = false;
      }
      if (total > static_cast<size_t>(options_.break_length) || parts.base.find('\n') != std::string::npos) fits = false;
      if (fits) return head + parts.open + " " + join(entries, ", ") + " " + parts.close;
    }
    std::string line = "\n" + std::string(indentation_, ' ');
    return head + parts.open + line + "  " + join(entries, "," + line + "  ") + line + parts.close;
  }

  static std::string join(const std::vector<std::string>& parts, const std::string& separator) {
    std::string text;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i != 0) text += separator;
      text += parts[i];
    }
    return text;
  }

  // Arranges more than six short items in columns of equal width.
  void group_in_columns(Parts& parts, size_t item_count) {
    std::vector<std::string>& entries = parts.entries;
    size_t count = item_count - parts.extra_entries;
    size_t total = 0, longest = 0;
    std::vector<size_t> widths(count);
    for (size_t i = 0; i < count; ++i) {
      widths[i] = display_width(entries[i]);
      total += widths[i] + 2;
      longest = std::max(longest, widths[i]);
      if (entries[i].find('\n') != std::string::npos) return;
    }
    size_t actual_max = longest + 2;
    if (actual_max * 3 + indentation_ >= static_cast<size_t>(options_.break_length)) return;
    if (!(static_cast<double>(total) / static_cast<double>(actual_max) > 5 || longest <= 6)) return;
    double bias = std::sqrt(static_cast<double>(actual_max) - static_cast<double>(total) / static_cast<double>(entries.size()));
    double biased_max = std::max(static_cast<double>(actual_max) - 3 - bias, 1.0);
    size_t columns = static_cast<size_t>(std::min({std::round(std::sqrt(2.5 * biased_max * static_cast<double>(count)) / biased_max),
                                                   std::floor((options_.break_length - static_cast<double>(indentation_)) / static_cast<double>(actual_max)),
                                                   kCompactLevels * 4.0, 15.0}));
    if (columns <= 1) return;
    std::vector<size_t> column_widths;
    for (size_t column = 0; column < columns; ++column) {
      size_t width = 0;
      for (size_t i = column; i < count; i += columns) width = std::max(width, widths[i]);
      column_widths.push_back(width + 2);
    }
    bool numbers = std::all_of(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(count), [](const std::string& text) {
      char c = text.empty() ? ' ' : text[0];
      if (c == '\x1b') c = text[std::min(text.find('m') + 1, text.size() - 1)];
      return (c >= '0' && c <= '9') || c == '-';
    });
    std::vector<std::string> rows;
    for (size_t i = 0; i < count; i += columns) {
      size_t end = std::min(i + columns, count);
      std::string row;
      for (size_t j = i; j < end; ++j) {
        std::string cell = entries[j] + (j + 1 < end ? ", " : "");
        size_t width = widths[j] + (j + 1 < end ? 2 : 0);
        size_t wanted = j + 1 < end ? column_widths[j - i] : column_widths[j - i] - 2;
        std::string padding(wanted > width ? wanted - width : 0, ' ');
        if (numbers) row += padding + cell;
        else row += cell + (j + 1 < end ? padding : "");
      }
      rows.push_back(row);
    }
    rows.insert(rows.end(), entries.begin() + static_cast<std::ptrdiff_t>(count), entries.end());
    entries = std::move(rows);
  }

  Agent& agent_;
  const InspectOptions& options_;
  std::vector<Object*> seen_;
  std::vector<Object*> circular_;
  size_t indentation_ = 0;
  int current_depth_ = 0;
};

}  // namespace

std::string inspect(Agent& agent, Value value, const InspectOptions& options) {
  return Inspector(agent, options).value(value, 0);
}

Completion<std::string> format_log(Agent& agent, std::span<const Value> values, const InspectOptions& options) {
  std::string out;
  size_t next = 0;
  auto shown = [&](Value value) {
    return value.is_string() ? value.as_string()->to_utf8() : inspect(agent, value, options);
  };
  if (values.size() > 1 && values[0].is_string()) {
    std::string format = values[0].as_string()->to_utf8();
    next = 1;
    for (size_t i = 0; i < format.size(); ++i) {
      char c = i + 1 < format.size() && format[i] == '%' ? format[i + 1] : '\0';
      if (c == '%') {
        out += '%';
        ++i;
        continue;
      }
      if (c == '\0' || std::string_view("sdifjoOc").find(c) == std::string_view::npos || next >= values.size()) {
        out += format[i];
        continue;
      }
      Value value = values[next++];
      ++i;
      InspectOptions nested = options;
      switch (c) {
        case 's':
          if (value.is_object() && !value.as_object()->is_callable()) {
            nested.depth = 0;
            out += inspect(agent, value, nested);
          } else {
            out += value.is_string() ? value.as_string()->to_utf8() : inspect(agent, value, nested);
          }
          break;
        case 'd':
        case 'i':
        case 'f': {
          if (value.is_bigint()) {
            out += inspect(agent, value);
            break;
          }
          double number = std::nan("");
          if (value.is_number()) number = value.as_number();
          else if (value.is_string()) number = string_to_number(value.as_string());
          else if (value.is_boolean() && c == 'd') number = value.as_boolean();
          if (c == 'i') number = std::trunc(number);
          out += inspect(agent, Value::number(number));
          break;
        }
        case 'j': {
          Object* stringify = agent.realm()->intrinsic(Intrinsic::kJSONStringify);
          if (stringify == nullptr) break;
          Value text = TRY(call(agent, stringify, Value::undefined(), {value}));
          out += text.is_string() ? text.as_string()->to_utf8() : "undefined";
          break;
        }
        case 'o':
          nested.depth = 4;
          out += inspect(agent, value, nested);
          break;
        case 'O': out += inspect(agent, value, nested); break;
        case 'c': break;  // styles have no meaning in a terminal
      }
    }
  }
  for (; next < values.size(); ++next) {
    if (next != 0) out += ' ';
    out += shown(values[next]);
  }
  return out;
}

}  // namespace skein
