// String.prototype's methods that need Unicode's data: case mapping, normalization; well-formedness.
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/utf.h"
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"
#include "core/builtins/unicode/compatibility_decompositions.h"

namespace skein {
namespace {

// Long texts are mapped in chunks, with a poll in between.
constexpr uint32_t kChunkLength = 16 * 1024;

// --- Case ---------------------------------------------------------------------------------------------

enum class LetterCase : uint8_t { kLower, kUpper };

constexpr uint8_t to_lower_latin1(uint8_t unit) {
  bool is_upper = (unit >= 'A' && unit <= 'Z') || (unit >= 0xC0 && unit <= 0xDE && unit != 0xD7);
  return is_upper ? unit + 0x20 : unit;
}
constexpr uint8_t to_upper_latin1(uint8_t unit) {
  bool is_lower = (unit >= 'a' && unit <= 'z') || (unit >= 0xE0 && unit <= 0xFE && unit != 0xF7);
  return is_lower ? unit - 0x20 : unit;
}
// "µ", "ß" and "ÿ" have upper cases that are no single latin1 unit.
constexpr bool has_wide_upper_case(uint8_t unit) { return unit == 0xB5 || unit == 0xDF || unit == 0xFF; }

// The string itself when nothing changes. Null where the result is too long.
// REQUIRES: a latin1 string; for upper case, none of its units has_wide_upper_case
String* map_latin1(Agent& agent, String* string, LetterCase letter_case) {
  auto map = [&](uint8_t unit) { return letter_case == LetterCase::kLower ? to_lower_latin1(unit) : to_upper_latin1(unit); };
  std::span<const uint8_t> units = string->view().latin1_span();
  auto changed = std::find_if(units.begin(), units.end(), [&](uint8_t unit) { return map(unit) != unit; });
  if (changed == units.end()) return string;
  if (units.size() == 1) return agent.atoms().single(map(units[0]));
  FlatString* result = new_flat_latin1(agent.heap(), string->length());
  if (result != nullptr) std::transform(units.begin(), units.end(), result->latin1(), map);
  return result;
}

// Where a text may be cut without changing how its parts are mapped: not within a pair and, for lower
// case, not where the look around a capital sigma would end.
size_t end_of_case_chunk(std::u16string_view text, size_t start, LetterCase letter_case) {
  auto may_look_across = [](char16_t unit) {
    return unit == u'\u03A3' || utf::is_lead_surrogate(unit) || utf::is_trail_surrogate(unit) || u_hasBinaryProperty(unit, UCHAR_CASE_IGNORABLE);
  };
  for (size_t end = start + kChunkLength; end < text.size(); ++end) {
    if (utf::is_lead_surrogate(text[end - 1]) && utf::is_trail_surrogate(text[end])) continue;
    if (letter_case == LetterCase::kLower && (may_look_across(text[end - 1]) || may_look_across(text[end]))) continue;
    return end;
  }
  return text.size();
}

Completion<String*> map_utf16(Agent& agent, std::u16string_view text, LetterCase letter_case) {
  auto* map = letter_case == LetterCase::kLower ? u_strToLower : u_strToUpper;
  StringBuilder builder(agent.heap());
  std::vector<char16_t> buffer;
  for (size_t start = 0; start < text.size();) {
    size_t end = end_of_case_chunk(text, start, letter_case);
    int32_t length = static_cast<int32_t>(end - start);
    buffer.resize(std::max<size_t>(buffer.size(), static_cast<size_t>(length) + 16));
    for (;;) {
      UErrorCode error = U_ZERO_ERROR;
      int32_t mapped = map(buffer.data(), static_cast<int32_t>(buffer.size()), text.data() + start, length,
                           "", &error);
      if (error == U_BUFFER_OVERFLOW_ERROR) {
        buffer.resize(static_cast<size_t>(mapped) + 1);
        continue;
      }
      if (U_FAILURE(error)) return throw_invalid_string_length(agent);
      builder.append(StringView(std::u16string_view(buffer.data(), static_cast<size_t>(mapped))));
      break;
    }
    if (builder.overflowed()) return finish_string(agent, builder);
    start = end;
    TRY(agent.poll());
  }
  return finish_string(agent, builder);
}

// https://tc39.es/ecma262/#sec-string.prototype.tolowercase and its kin
Completion<Value> change_case(Agent& agent, const CallInfo& info, std::string_view method, LetterCase letter_case) {
  Root<String*> string(agent, TRY(this_string(agent, info, method)));
  StringView text = string->view();
  if (!text.is_latin1()) return TRY(map_utf16(agent, {text.utf16(), text.length()}, letter_case));
  std::span<const uint8_t> units = text.latin1_span();
  if (letter_case == LetterCase::kUpper && std::any_of(units.begin(), units.end(), has_wide_upper_case))
    return TRY(map_utf16(agent, text.to_utf16(), letter_case));
  String* result = map_latin1(agent, string, letter_case);
  if (result == nullptr) return throw_invalid_string_length(agent);
  return result;
}

// --- Normalization ------------------------------------------------------------------------------------

enum class Form : uint8_t { kNfc, kNfd, kNfkc, kNfkd };

constexpr bool composes(Form form) { return form == Form::kNfc || form == Form::kNfkc; }

const UNormalizer2* normalizer_of(Form form) {
  UErrorCode error = U_ZERO_ERROR;
  return composes(form) ? unorm2_getNFCInstance(&error) : unorm2_getNFDInstance(&error);
}

// The end of a chunk that can be normalized by itself: before a character whose own decomposition starts
// anew.
size_t end_of_normal_chunk(const UNormalizer2* normalizer, std::u16string_view text, size_t start, bool is_compatibility) {
  for (size_t end = start + kChunkLength; end < text.size();) {
    utf::CodePoint next = utf::code_point_at(text, end);
    bool splits_pair = utf::is_trail_surrogate(text[end]) && utf::is_lead_surrogate(text[end - 1]);
    std::u16string_view mapped = is_compatibility ? compatibility_decomposition(next.value) : std::u16string_view();
    char32_t first = mapped.empty() ? next.value : utf::code_point_at(mapped, 0).value;
    if (!splits_pair && unorm2_hasBoundaryBefore(normalizer, static_cast<UChar32>(first))) return end;
    end += next.length;
  }
  return text.size();
}

// Canonical decomposition with the marks of each run in their order. ICU puts them in order by
// insertion, which long runs would make quadratic.
Completion<void> decompose_long_run(Agent& agent, std::u16string_view text, std::vector<char16_t>& out) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* normalizer = unorm2_getNFDInstance(&error);
  LoopPoll poll(agent);
  // The run's marks by their class.
  std::array<std::vector<char16_t>, 256> run;
  uint8_t highest = 0;
  out.clear();
  auto flush = [&]() {
    for (size_t i = 0; i <= highest; ++i) {
      out.insert(out.end(), run[i].begin(), run[i].end());
      run[i].clear();
    }
    highest = 0;
  };
  auto add = [&](char32_t code_point) {
    uint8_t combining_class = u_getCombiningClass(static_cast<UChar32>(code_point));
    if (combining_class == 0) flush();
    highest = std::max(highest, combining_class);
    std::vector<char16_t>& marks = run[combining_class];
    if (code_point < 0x10000) {
      marks.push_back(static_cast<char16_t>(code_point));
    } else {
      marks.push_back(utf::lead_surrogate_of(code_point));
      marks.push_back(utf::trail_surrogate_of(code_point));
    }
  };
  for (size_t i = 0; i < text.size();) {
    utf::CodePoint next = utf::code_point_at(text, i);
    char16_t mapped[32];
    error = U_ZERO_ERROR;
    int32_t length = unorm2_getDecomposition(normalizer, static_cast<UChar32>(next.value), mapped, 32, &error);
    std::u16string_view pieces(mapped, length > 0 ? static_cast<size_t>(length) : 0);
    if (length < 0) add(next.value);
    for (size_t k = 0; k < pieces.size();) {
      utf::CodePoint piece = utf::code_point_at(pieces, k);
      add(piece.value);
      k += piece.length;
    }
    i += next.length;
    TRY(poll.tick());
  }
  flush();
  return {};
}

Completion<void> decompose_compatibility(Agent& agent, std::u16string_view text, std::vector<char16_t>& out) {
  LoopPoll poll(agent);
  out.clear();
  for (size_t i = 0; i < text.size();) {
    utf::CodePoint next = utf::code_point_at(text, i);
    std::u16string_view mapped = compatibility_decomposition(next.value);
    if (mapped.empty()) mapped = text.substr(i, next.length);
    out.insert(out.end(), mapped.begin(), mapped.end());
    i += next.length;
    TRY(poll.tick());
  }
  return {};
}

// Appends the normal form of a chunk; false when memory is lacking.
bool append_normalized(const UNormalizer2* normalizer, std::u16string_view chunk, std::vector<char16_t>& buffer, StringBuilder& builder) {
  if (chunk.size() > INT32_MAX / 4) return false;
  buffer.resize(std::max(buffer.size(), chunk.size() + 16));
  for (;;) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = unorm2_normalize(normalizer, chunk.data(), static_cast<int32_t>(chunk.size()),
                                      buffer.data(), static_cast<int32_t>(buffer.size()), &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
      buffer.resize(static_cast<size_t>(length) + 1);
      continue;
    }
    if (U_FAILURE(error)) return false;
    builder.append(StringView(std::u16string_view(buffer.data(), static_cast<size_t>(length))));
    return !builder.overflowed();
  }
}

// Latin1 text is in NFC; ASCII is in all forms.
bool is_trivially_normal(StringView text, Form form) {
  if (!text.is_latin1()) return false;
  return form == Form::kNfc || utf::is_ascii(std::string_view(reinterpret_cast<const char*>(text.latin1()), text.length()));
}

// The string itself when it is in that form already.
Completion<String*> normalize(Agent& agent, String* string, Form form) {
  Root<String*> kept(agent, string);
  StringView view = string->view();
  if (is_trivially_normal(view, form)) return string;
  std::u16string widened;
  ExternalCharge charge(agent);
  if (string->is_latin1()) charge.add(size_t{string->length()} * sizeof(char16_t));
  if (view.is_latin1()) widened = view.to_utf16();
  std::u16string_view text = view.is_latin1() ? std::u16string_view(widened) : std::u16string_view(view.utf16(), view.length());
  const UNormalizer2* normalizer = normalizer_of(form);
  bool is_compatibility = form == Form::kNfkc || form == Form::kNfkd;
  StringBuilder builder(agent.heap());
  std::vector<char16_t> buffer, decomposed, sorted;
  for (size_t start = 0; start < text.size();) {
    size_t end = end_of_normal_chunk(normalizer, text, start, is_compatibility);
    std::u16string_view chunk = text.substr(start, end - start);
    if (is_compatibility) {
      TRY(decompose_compatibility(agent, chunk, decomposed));
      chunk = std::u16string_view(decomposed.data(), decomposed.size());
    }
    if (end - start > 2 * kChunkLength) {
      TRY(decompose_long_run(agent, chunk, sorted));
      chunk = std::u16string_view(sorted.data(), sorted.size());
      if (!composes(form)) {
        builder.append(StringView(chunk));
        if (builder.overflowed()) return finish_string(agent, builder);
        start = end;
        continue;
      }
    }
    if (!append_normalized(normalizer, chunk, buffer, builder))
      return builder.overflowed() ? finish_string(agent, builder) : Completion<String*>(throw_invalid_string_length(agent));
    start = end;
    TRY(agent.poll());
  }
  return finish_string(agent, builder);
}

}  // namespace

// https://tc39.es/ecma262/#sec-string.prototype.iswellformed
Completion<Value> string_prototype_is_well_formed(Agent& agent, const CallInfo& info) {
  StringView text = TRY(this_string(agent, info, "String.prototype.isWellFormed"))->view();
  return Value::boolean(text.is_latin1() || utf::is_well_formed({text.utf16(), text.length()}));
}

// https://tc39.es/ecma262/#sec-string.prototype.localecompare: canonically equivalent strings are equal,
// others are ordered by code units.
Completion<Value> string_prototype_locale_compare(Agent& agent, const CallInfo& info) {
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.localeCompare")));
  Root<String*> that(agent, TRY(to_string(agent, info[0])));
  string = TRY(normalize(agent, string, Form::kNfc));
  that = TRY(normalize(agent, that, Form::kNfc));
  int order = compare(string->view(), that->view());
  return Value::int32(order < 0 ? -1 : order > 0);
}

// https://tc39.es/ecma262/#sec-string.prototype.normalize
Completion<Value> string_prototype_normalize(Agent& agent, const CallInfo& info) {
  // 1. - 2.
  Root<String*> string(agent, TRY(this_string(agent, info, "String.prototype.normalize")));
  // 3. - 5.
  Form form = Form::kNfc;
  if (!info[0].is_undefined()) {
    std::string name = TRY(to_string(agent, info[0]))->to_utf8();
    if (name == "NFC") form = Form::kNfc;
    else if (name == "NFD") form = Form::kNfd;
    else if (name == "NFKC") form = Form::kNfkc;
    else if (name == "NFKD") form = Form::kNfkd;
    else return throw_range_error(agent, "The normalization form should be one of NFC, NFD, NFKC, NFKD.");
  }
  // 6. - 7.
  return TRY(normalize(agent, string, form));
}

// https://tc39.es/ecma262/#sec-string.prototype.tolocalelowercase
Completion<Value> string_prototype_to_locale_lower_case(Agent& agent, const CallInfo& info) {
  return change_case(agent, info, "String.prototype.toLocaleLowerCase", LetterCase::kLower);
}

// https://tc39.es/ecma262/#sec-string.prototype.tolocaleuppercase
Completion<Value> string_prototype_to_locale_upper_case(Agent& agent, const CallInfo& info) {
  return change_case(agent, info, "String.prototype.toLocaleUpperCase", LetterCase::kUpper);
}

// https://tc39.es/ecma262/#sec-string.prototype.tolowercase
Completion<Value> string_prototype_to_lower_case(Agent& agent, const CallInfo& info) {
  return change_case(agent, info, "String.prototype.toLowerCase", LetterCase::kLower);
}

// https://tc39.es/ecma262/#sec-string.prototype.touppercase
Completion<Value> string_prototype_to_upper_case(Agent& agent, const CallInfo& info) {
  return change_case(agent, info, "String.prototype.toUpperCase", LetterCase::kUpper);
}

// https://tc39.es/ecma262/#sec-string.prototype.towellformed
Completion<Value> string_prototype_to_well_formed(Agent& agent, const CallInfo& info) {
  String* string = TRY(this_string(agent, info, "String.prototype.toWellFormed"));
  StringView text = string->view();
  if (text.is_latin1() || utf::is_well_formed({text.utf16(), text.length()})) return string;
  FlatString* result = new_flat_utf16(agent.heap(), text.length());
  if (result == nullptr) return throw_invalid_string_length(agent);
  std::copy_n(text.utf16(), text.length(), result->utf16());
  utf::make_well_formed({result->utf16(), result->length()});
  return result;
}

}  // namespace skein
