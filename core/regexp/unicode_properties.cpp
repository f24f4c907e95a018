#include "core/regexp/unicode_properties.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>

#include <cstring>

#include "core/base/check.h"
#include "core/regexp/unicode_tables.h"

namespace skein::regexp {

namespace {

// Pseudo properties beside ICU's.
constexpr uint32_t kAny = 0xFFFF0000;
constexpr uint32_t kAscii = 0xFFFF0001;
constexpr uint32_t kAssigned = 0xFFFF0002;

struct NamedProperty {
  std::string_view name;
  std::string_view alias;
  uint32_t property;
};

// https://tc39.es/ecma262/#table-binary-unicode-properties
constexpr NamedProperty kBinaryProperties[] = {
    {"ASCII", "", kAscii},
    {"ASCII_Hex_Digit", "AHex", UCHAR_ASCII_HEX_DIGIT},
    {"Alphabetic", "Alpha", UCHAR_ALPHABETIC},
    {"Any", "", kAny},
    {"Assigned", "", kAssigned},
    {"Bidi_Control", "Bidi_C", UCHAR_BIDI_CONTROL},
    {"Bidi_Mirrored", "Bidi_M", UCHAR_BIDI_MIRRORED},
    {"Case_Ignorable", "CI", UCHAR_CASE_IGNORABLE},
    {"Cased", "", UCHAR_CASED},
    {"Changes_When_Casefolded", "CWCF", UCHAR_CHANGES_WHEN_CASEFOLDED},
    {"Changes_When_Casemapped", "CWCM", UCHAR_CHANGES_WHEN_CASEMAPPED},
    {"Changes_When_Lowercased", "CWL", UCHAR_CHANGES_WHEN_LOWERCASED},
    {"Changes_When_NFKC_Casefolded", "CWKCF", UCHAR_CHANGES_WHEN_NFKC_CASEFOLDED},
    {"Changes_When_Titlecased", "CWT", UCHAR_CHANGES_WHEN_TITLECASED},
    {"Changes_When_Uppercased", "CWU", UCHAR_CHANGES_WHEN_UPPERCASED},
    {"Dash", "", UCHAR_DASH},
    {"Default_Ignorable_Code_Point", "DI", UCHAR_DEFAULT_IGNORABLE_CODE_POINT},
    {"Deprecated", "Dep", UCHAR_DEPRECATED},
    {"Diacritic", "Dia", UCHAR_DIACRITIC},
    {"Emoji", "", UCHAR_EMOJI},
    {"Emoji_Component", "EComp", UCHAR_EMOJI_COMPONENT},
    {"Emoji_Modifier", "EMod", UCHAR_EMOJI_MODIFIER},
    {"Emoji_Modifier_Base", "EBase", UCHAR_EMOJI_MODIFIER_BASE},
    {"Emoji_Presentation", "EPres", UCHAR_EMOJI_PRESENTATION},
    {"Extended_Pictographic", "ExtPict", UCHAR_EXTENDED_PICTOGRAPHIC},
    {"Extender", "Ext", UCHAR_EXTENDER},
    {"Grapheme_Base", "Gr_Base", UCHAR_GRAPHEME_BASE},
    {"Grapheme_Extend", "Gr_Ext", UCHAR_GRAPHEME_EXTEND},
    {"Hex_Digit", "Hex", UCHAR_HEX_DIGIT},
    {"IDS_Binary_Operator", "IDSB", UCHAR_IDS_BINARY_OPERATOR},
    {"IDS_Trinary_Operator", "IDST", UCHAR_IDS_TRINARY_OPERATOR},
    {"ID_Continue", "IDC", UCHAR_ID_CONTINUE},
    {"ID_Start", "IDS", UCHAR_ID_START},
    {"Ideographic", "Ideo", UCHAR_IDEOGRAPHIC},
    {"Join_Control", "Join_C", UCHAR_JOIN_CONTROL},
    {"Logical_Order_Exception", "LOE", UCHAR_LOGICAL_ORDER_EXCEPTION},
    {"Lowercase", "Lower", UCHAR_LOWERCASE},
    {"Math", "", UCHAR_MATH},
    {"Noncharacter_Code_Point", "NChar", UCHAR_NONCHARACTER_CODE_POINT},
    {"Pattern_Syntax", "Pat_Syn", UCHAR_PATTERN_SYNTAX},
    {"Pattern_White_Space", "Pat_WS", UCHAR_PATTERN_WHITE_SPACE},
    {"Quotation_Mark", "QMark", UCHAR_QUOTATION_MARK},
    {"Radical", "", UCHAR_RADICAL},
    {"Regional_Indicator", "RI", UCHAR_REGIONAL_INDICATOR},
    {"Sentence_Terminal", "STerm", UCHAR_S_TERM},
    {"Soft_Dotted", "SD", UCHAR_SOFT_DOTTED},
    {"Terminal_Punctuation", "Term", UCHAR_TERMINAL_PUNCTUATION},
    {"Unified_Ideograph", "UIdeo", UCHAR_UNIFIED_IDEOGRAPH},
    {"Uppercase", "Upper", UCHAR_UPPERCASE},
    {"Variation_Selector", "VS", UCHAR_VARIATION_SELECTOR},
    {"White_Space", "space", UCHAR_WHITE_SPACE},
    {"XID_Continue", "XIDC", UCHAR_XID_CONTINUE},
    {"XID_Start", "XIDS", UCHAR_XID_START},
};

// https://tc39.es/ecma262/#table-binary-unicode-properties-of-strings
constexpr NamedProperty kStringProperties[] = {
    {"Basic_Emoji", "", UCHAR_BASIC_EMOJI},
    {"Emoji_Keycap_Sequence", "", UCHAR_EMOJI_KEYCAP_SEQUENCE},
    {"RGI_Emoji_Modifier_Sequence", "", UCHAR_RGI_EMOJI_MODIFIER_SEQUENCE},
    {"RGI_Emoji_Flag_Sequence", "", UCHAR_RGI_EMOJI_FLAG_SEQUENCE},
    {"RGI_Emoji_Tag_Sequence", "", UCHAR_RGI_EMOJI_TAG_SEQUENCE},
    {"RGI_Emoji_ZWJ_Sequence", "", UCHAR_RGI_EMOJI_ZWJ_SEQUENCE},
    {"RGI_Emoji", "", UCHAR_RGI_EMOJI},
};

// ICU's own matching is loose about case, spaces and underscores; the specification's is exact.
bool is_exact_value_name(UProperty property, int32_t value, std::string_view name) {
  for (int choice = U_SHORT_PROPERTY_NAME;; ++choice) {
    const char* candidate = u_getPropertyValueName(property, value, static_cast<UPropertyNameChoice>(choice));
    if (candidate == nullptr) {
      if (choice == U_SHORT_PROPERTY_NAME) continue;  // a value may lack the short name only
      return false;
    }
    if (name == candidate) return true;
  }
}

// ICU also knows the scripts of ISO 15924 that Unicode has not encoded; they have no members.
bool is_script_of_unicode(int32_t script) {
  if (script == USCRIPT_KATAKANA_OR_HIRAGANA) return true;
  USet* members = uset_openEmpty();
  UErrorCode status = U_ZERO_ERROR;
  uset_applyIntPropertyValue(members, UCHAR_SCRIPT, script, &status);
  bool encoded = U_SUCCESS(status) && !uset_isEmpty(members);
  uset_close(members);
  return encoded;
}

Property find_value(UProperty property, UProperty names, std::string_view value) {
  constexpr size_t kLongest = 64;
  if (value.empty() || value.size() >= kLongest) return {};
  char terminated[kLongest];
  std::memcpy(terminated, value.data(), value.size());
  terminated[value.size()] = 0;
  int32_t number = u_getPropertyValueEnum(names, terminated);
  if (number == UCHAR_INVALID_CODE || !is_exact_value_name(names, number, value)) return {};
  if (names == UCHAR_SCRIPT && !is_script_of_unicode(number)) return {};
  return {PropertyKind::kCodePoints, static_cast<uint32_t>(property), static_cast<uint32_t>(number)};
}

void add_members(const USet* source, CodePointSet& code_points) {
  int32_t count = uset_getRangeCount(source);
  for (int32_t i = 0; i < count; ++i) {
    UChar32 first;
    UChar32 last;
    UErrorCode status = U_ZERO_ERROR;
    (void)uset_getItem(source, i, &first, &last, nullptr, 0, &status);
    code_points.add(static_cast<uint32_t>(first), static_cast<uint32_t>(last));
  }
}

// What unicode_tables.h has of a property; false when that is nothing.
bool add_tabulated(uint32_t property, CodePointSet& code_points, std::set<std::u32string>* strings) {
  std::span<const CodePointRange> ranges = tabulated_ranges(property);
  for (CodePointRange range : ranges) code_points.add(range.first, range.last);
  std::u32string_view texts = tabulated_strings(property);
  for (size_t start = 0; strings != nullptr && start < texts.size();) {
    size_t end = texts.find(U'\0', start);
    strings->emplace(texts.substr(start, end - start));
    start = end + 1;
  }
  return !ranges.empty() || !texts.empty();
}

void add_int_property(UProperty property, int32_t value, CodePointSet& code_points) {
  USet* members = uset_openEmpty();
  UErrorCode status = U_ZERO_ERROR;
  uset_applyIntPropertyValue(members, property, value, &status);
  SKEIN_CHECK(U_SUCCESS(status));
  add_members(members, code_points);
  uset_close(members);
}

}  // namespace

Property find_property(std::string_view name, std::string_view value, bool has_value) {
  if (has_value) {
    if (name == "General_Category" || name == "gc") {
      return find_value(UCHAR_GENERAL_CATEGORY_MASK, UCHAR_GENERAL_CATEGORY_MASK, value);
    }
    if (name == "Script" || name == "sc") return find_value(UCHAR_SCRIPT, UCHAR_SCRIPT, value);
    if (name == "Script_Extensions" || name == "scx") {
      return find_value(UCHAR_SCRIPT_EXTENSIONS, UCHAR_SCRIPT, value);
    }
    return {};
  }
  if (name.empty()) return {};
  for (const NamedProperty& entry : kBinaryProperties) {
    if (name == entry.name || name == entry.alias) return {PropertyKind::kCodePoints, entry.property, 1};
  }
  for (const NamedProperty& entry : kStringProperties) {
    if (name == entry.name) return {PropertyKind::kStrings, entry.property, 1};
  }
  return find_value(UCHAR_GENERAL_CATEGORY_MASK, UCHAR_GENERAL_CATEGORY_MASK, name);
}

void resolve_property(const Property& property, CodePointSet& code_points,
                      std::set<std::u32string>* strings) {
  switch (property.property) {
    case kAny:
      return code_points.add(0, kMaxCodePoint);
    case kAscii:
      return code_points.add(0, 0x7F);
    case kAssigned: {
      CodePointSet unassigned;
      add_int_property(UCHAR_GENERAL_CATEGORY_MASK, U_GC_CN_MASK, unassigned);
      unassigned.invert();
      return code_points.unite(unassigned);
    }
    case UCHAR_GENERAL_CATEGORY_MASK:
    case UCHAR_SCRIPT:
    case UCHAR_SCRIPT_EXTENSIONS:
      return add_int_property(static_cast<UProperty>(property.property), static_cast<int32_t>(property.value),
                              code_points);
    case UCHAR_RGI_EMOJI:
      for (const NamedProperty& part : kStringProperties) add_tabulated(part.property, code_points, strings);
      return;
    default: {
      if (add_tabulated(property.property, code_points, strings)) return;
      UErrorCode status = U_ZERO_ERROR;
      const USet* members = u_getBinaryPropertySet(static_cast<UProperty>(property.property), &status);
      SKEIN_CHECK(U_SUCCESS(status));
      add_members(members, code_points);
    }
  }
}

CodePointSet digit_characters() {
  return {{'0', '9'}};
}

CodePointSet basic_word_characters() {
  return {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
}

// WhiteSpace and LineTerminator: TAB VT FF ZWNBSP, the category Zs, LF CR LS PS.
CodePointSet white_space_characters() {
  return {{0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
          {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
}

CodePointSet line_terminators() {
  return {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
}

bool is_identifier_start(uint32_t code_point) {
  if (code_point < 0x80) {
    return (code_point | 0x20) - 'a' < 26 || code_point == '$' || code_point == '_';
  }
  return u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_ID_START);
}

bool is_identifier_part(uint32_t code_point) {
  if (code_point < 0x80) return is_identifier_start(code_point) || code_point - '0' < 10;
  return code_point == 0x200C || code_point == 0x200D ||
         u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_ID_CONTINUE);
}

}  // namespace skein::regexp
