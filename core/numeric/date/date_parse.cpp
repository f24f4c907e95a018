// Two parsers: a strict one for the Date Time String Format (with "+hhmm" offsets besides "+hh:mm"),
// and a forgiving one for everything else. The latter accepts what other engines accept:
//
// - Up to three plain numbers are the date: month/day/year; year/month/day if the first one cannot
//   be a day; with a named month, day and year in this order unless the first is no day. A missing
//   year is 2001, years 0 to 49 are of this century, 50 to 99 of the last.
// - Numbers joined by ':' and '.' are the time, optionally with AM or PM.
// - Z, UT, UTC, GMT and the zones of North America name an offset; a sign and a number after one of
//   them, or after a time, add or replace it.
// - Parenthesised text is skipped, and so are words before the first number (names of days).
#include "core/numeric/date/date_parse.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "core/base/white_space.h"
#include "core/numeric/date/date_format.h"
#include "core/numeric/date/date_math.h"

namespace skein::numeric::date {
namespace {

struct DateTime {
  int64_t year = 0;
  int month = 1, day = 1;  // both from 1
  int hour = 0, minute = 0, second = 0, millisecond = 0;
  std::optional<int> offset_minutes;
  bool is_local = false;

  ParsedDate result() const {
    double days = make_day(static_cast<double>(year), month - 1, day);
    double time = make_date(days, make_time(hour, minute, second, millisecond));
    return {time - offset_minutes.value_or(0) * kMsPerMinute, is_local, true};
  }
  bool has_valid_time() const {
    bool end_of_day = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
    return (hour < 24 || end_of_day) && minute < 60 && second < 60;
  }
};

bool is_digit(char32_t unit) {
  return unit >= '0' && unit <= '9';
}

// The first three digits of a fraction of a second.
template <typename Unit>
int milliseconds_of(std::span<const Unit> digits) {
  int value = 0;
  for (size_t i = 0; i < 3; ++i) value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return value;
}

// --- The Date Time String Format ------------------------------------------------------------------

// https://tc39.es/ecma262/#sec-date-time-string-format
template <typename Unit>
class IsoParser {
 public:
  explicit IsoParser(std::span<const Unit> text) : text_(text) {}

  // False if the text is not of this format.
  bool parse(DateTime& date) {
    if (!year(date) || !month_and_day(date)) return false;
    if (!take('T') && !take('t')) {
      date.offset_minutes = 0;  // dates alone are in UTC
      return at_end();
    }
    if (!time(date) || !date.has_valid_time()) return false;
    if (take('Z') || take('z')) {
      date.offset_minutes = 0;
    } else if (peek() == '+' || peek() == '-') {
      if (!offset(date)) return false;
    } else {
      date.is_local = true;
    }
    return at_end();
  }

 private:
  bool at_end() const { return position_ == text_.size(); }
  char32_t peek() const { return at_end() ? 0 : text_[position_]; }
  bool take(char32_t unit) {
    if (peek() != unit) return false;
    ++position_;
    return true;
  }
  // Exactly `count` digits.
  bool digits(int count, int& value) {
    value = 0;
    for (int i = 0; i < count; ++i, ++position_) {
      if (!is_digit(peek())) return false;
      value = value * 10 + static_cast<int>(peek() - '0');
    }
    return true;
  }
  bool digits_between(int low, int high, int& value) {
    return digits(2, value) && value >= low && value <= high;
  }

  bool year(DateTime& date) {
    int value;
    if (peek() == '+' || peek() == '-') {
      bool negative = peek() == '-';
      ++position_;
      if (!digits(6, value) || (negative && value == 0)) return false;
      date.year = negative ? -value : value;
      return true;
    }
    if (!digits(4, value)) return false;
    date.year = value;
    return true;
  }
  bool month_and_day(DateTime& date) {
    if (!take('-')) return true;
    if (!digits_between(1, 12, date.month)) return false;
    // NOTE: days that the month lacks run into the next one, as in V8.
    return !take('-') || digits_between(1, 31, date.day);
  }
  bool time(DateTime& date) {
    if (!digits(2, date.hour) || !take(':') || !digits(2, date.minute)) return false;
    if (!take(':')) return true;
    if (!digits(2, date.second)) return false;
    if (!take('.')) return true;
    size_t start = position_;
    while (is_digit(peek())) ++position_;
    date.millisecond = milliseconds_of(text_.subspan(start, position_ - start));
    return position_ != start;
  }
  bool offset(DateTime& date) {
    bool negative = peek() == '-';
    ++position_;
    int hours, minutes;
    if (!digits_between(0, 23, hours)) return false;
    take(':');
    if (!digits_between(0, 59, minutes)) return false;
    int total = hours * 60 + minutes;
    date.offset_minutes = negative ? -total : total;
    return true;
  }

  std::span<const Unit> text_;
  size_t position_ = 0;
};

// --- Everything else --------------------------------------------------------------------------------

enum class TokenKind { kEnd, kNumber, kWord, kSpace, kSymbol };
enum class WordKind { kUnknown, kMonth, kHalfOfDay, kZone };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  size_t start = 0, length = 0;
  int number = 0;  // saturated
  char32_t symbol = 0;
  WordKind word = WordKind::kUnknown;
  int word_value = 0;  // month from 1, hours to add, or the zone's offset in hours

  bool is(char32_t wanted) const { return kind == TokenKind::kSymbol && symbol == wanted; }
  bool is_sign() const { return is('+') || is('-'); }
};

struct Keyword {
  std::string_view text;
  WordKind kind;
  int value;
};
constexpr Keyword kKeywords[] = {
    {"am", WordKind::kHalfOfDay, 0}, {"pm", WordKind::kHalfOfDay, 12}, {"z", WordKind::kZone, 0},
    {"ut", WordKind::kZone, 0},      {"utc", WordKind::kZone, 0},      {"gmt", WordKind::kZone, 0},
    {"edt", WordKind::kZone, -4},    {"est", WordKind::kZone, -5},     {"cdt", WordKind::kZone, -5},
    {"cst", WordKind::kZone, -6},    {"mdt", WordKind::kZone, -6},     {"mst", WordKind::kZone, -7},
    {"pdt", WordKind::kZone, -7},    {"pst", WordKind::kZone, -8},
};

char to_lower(char32_t unit) {
  if (unit >= 0x80) return '\0';
  return static_cast<char>(unit >= 'A' && unit <= 'Z' ? unit | 0x20 : unit);
}

template <typename Unit>
class Tokens {
 public:
  explicit Tokens(std::span<const Unit> text) : text_(text) { advance(); }

  const Token& peek() const { return next_; }
  Token take() {
    Token token = next_;
    advance();
    return token;
  }
  bool skip(char32_t symbol) {
    if (!next_.is(symbol)) return false;
    advance();
    return true;
  }
  // After a '(': up to the ')' that closes it, or the end.
  void skip_parentheses() {
    for (int depth = 1; depth > 0 && next_.kind != TokenKind::kEnd; advance()) {
      if (next_.is('(')) ++depth;
      if (next_.is(')')) --depth;
    }
  }
  std::span<const Unit> text_of(const Token& token) const { return text_.subspan(token.start, token.length); }

 private:
  void advance() {
    next_ = Token{};
    next_.start = position_;
    if (position_ == text_.size()) return;
    char32_t unit = text_[position_];
    if (is_digit(unit)) {
      number();
    } else if (is_trimmed(unit)) {
      next_.kind = TokenKind::kSpace;
      while (position_ < text_.size() && is_trimmed(text_[position_])) ++position_;
    } else if (unit >= 'A') {
      word();
    } else {
      next_.kind = TokenKind::kSymbol;
      next_.symbol = unit;
      ++position_;
    }
    next_.length = position_ - next_.start;
  }

  void number() {
    next_.kind = TokenKind::kNumber;
    for (; position_ < text_.size() && is_digit(text_[position_]); ++position_) {
      if (next_.number < 100'000'000)
        next_.number = next_.number * 10 + static_cast<int>(text_[position_] - '0');
    }
  }

  void word() {
    next_.kind = TokenKind::kWord;
    char start[3] = {};
    size_t length = 0;
    for (; position_ < text_.size() && text_[position_] >= 'A' && !is_trimmed(text_[position_]);
         ++position_) {
      if (length < 3) start[length] = to_lower(text_[position_]);
      ++length;
    }
    std::string_view prefix(start, length < 3 ? length : 3);
    for (int month = 0; month < 12; ++month) {  // by their first three letters
      std::string_view name = month_name(month);
      if (prefix.size() == 3 && to_lower(name[0]) == prefix[0] && name.substr(1) == prefix.substr(1)) {
        next_.word = WordKind::kMonth;
        next_.word_value = month + 1;
        return;
      }
    }
    for (const Keyword& keyword : kKeywords) {
      if (length == keyword.text.size() && prefix == keyword.text) {
        next_.word = keyword.kind;
        next_.word_value = keyword.value;
        return;
      }
    }
  }

  std::span<const Unit> text_;
  size_t position_ = 0;
  Token next_;
};

// The plain numbers of a date, and what they mean.
class DateNumbers {
 public:
  bool add(int number) {
    if (count_ == 3) return false;
    numbers_[count_++] = number;
    return true;
  }
  void set_month(int month) { named_month_ = month; }

  bool resolve(DateTime& date) const {
    if (count_ == 0) return false;
    int first = numbers_[0], second = numbers_[1], third = numbers_[2];
    bool first_is_day = first >= 1 && first <= 31;
    if (named_month_ != 0) {
      date.month = named_month_;
      date.day = first_is_day ? first : second;
      date.year = first_is_day ? second : first;
    } else if (first_is_day) {
      date.month = first;
      date.day = second;
      date.year = third;
    } else {
      date.year = first;
      date.month = second;
      date.day = third;
    }
    if (date.year <= 49) {
      date.year += 2000;
    } else if (date.year <= 99) {
      date.year += 1900;
    }
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31;
  }

 private:
  int numbers_[3] = {1, 1, 1};
  int count_ = 0;
  int named_month_ = 0;
};

class TimeNumbers {
 public:
  bool is_empty() const { return count_ == 0; }
  bool add(int number) {
    if (count_ == 4) return false;
    numbers_[count_++] = number;
    return true;
  }
  bool finish(int number) {
    if (!add(number)) return false;
    count_ = 4;
    return true;
  }
  // Whether a number without a ':' behind it continues the time.
  bool continues_with(int number) const {
    return (count_ == 1 || count_ == 2) ? number < 60 : count_ == 3 && number < 1000;
  }
  void set_half_of_day(int hours) { half_of_day_ = hours; }

  bool resolve(DateTime& date) const {
    date.hour = numbers_[0];
    date.minute = numbers_[1];
    date.second = numbers_[2];
    date.millisecond = numbers_[3];
    if (half_of_day_.has_value()) {
      if (date.hour > 12) return false;
      date.hour = date.hour % 12 + *half_of_day_;
    }
    return date.has_valid_time();
  }

 private:
  int numbers_[4] = {};
  int count_ = 0;
  std::optional<int> half_of_day_;
};

class OffsetNumbers {
 public:
  bool is_utc() const { return hours_ == 0 && minutes_ == 0; }
  bool expects_minutes(int number) const {
    return hours_.has_value() && !minutes_.has_value() && number < 60;
  }
  void set_hours(int hours) {
    negative_ = hours < 0;
    hours_ = hours < 0 ? -hours : hours;
    minutes_ = 0;
  }
  void set_minutes(int minutes) { minutes_ = minutes; }
  void set(bool negative, int hours, std::optional<int> minutes) {
    negative_ = negative;
    hours_ = hours;
    minutes_ = minutes;
  }
  void resolve(DateTime& date) const {
    date.is_local = !hours_.has_value();
    if (date.is_local) return;
    int total = *hours_ * 60 + minutes_.value_or(0);
    date.offset_minutes = negative_ ? -total : total;
  }

 private:
  bool negative_ = false;
  std::optional<int> hours_, minutes_;
};

template <typename Unit>
class LegacyParser {
 public:
  explicit LegacyParser(std::span<const Unit> text) : tokens_(text) {}

  bool parse(DateTime& date) {
    while (tokens_.peek().kind != TokenKind::kEnd) {
      if (!token(tokens_.take())) return false;
    }
    if (!date_.resolve(date) || !time_.resolve(date)) return false;
    offset_.resolve(date);
    return true;
  }

 private:
  bool token(const Token& token) {
    if (token.kind == TokenKind::kNumber) {
      has_number_ = true;
      return number(token.number);
    }
    if (token.kind == TokenKind::kWord) return word(token);
    if (token.is_sign() && (offset_.is_utc() || !time_.is_empty())) return offset(token.is('-'));
    if (token.is_sign() || token.is(')')) return !has_number_;
    if (token.is('(')) tokens_.skip_parentheses();
    return true;
  }

  bool number(int value) {
    if (tokens_.skip(':')) {
      if (tokens_.skip(':')) return time_.is_empty() && time_.add(value) && time_.add(0);
      if (!time_.add(value)) return false;
      tokens_.skip('.');
      return true;
    }
    if (tokens_.peek().is('.') && time_.continues_with(value)) {
      tokens_.take();
      time_.add(value);
      if (tokens_.peek().kind != TokenKind::kNumber) return false;
      return time_.finish(milliseconds_of(tokens_.text_of(tokens_.take())));
    }
    tokens_.skip('.');
    if (offset_.expects_minutes(value)) {
      offset_.set_minutes(value);
      return true;
    }
    if (time_.continues_with(value)) {
      time_.finish(value);
      const Token& next = tokens_.peek();
      bool is_z = next.kind == TokenKind::kWord && next.length == 1 && next.word == WordKind::kZone;
      return next.kind == TokenKind::kEnd || next.kind == TokenKind::kSpace || next.is_sign() || is_z;
    }
    if (!date_.add(value)) return false;
    tokens_.skip('-');
    return true;
  }

  bool word(const Token& token) {
    if (token.word == WordKind::kHalfOfDay && !time_.is_empty()) {
      time_.set_half_of_day(token.word_value);
      return true;
    }
    if (token.word == WordKind::kMonth) {
      date_.set_month(token.word_value);
      tokens_.skip('-');
      return true;
    }
    if (token.word == WordKind::kZone && has_number_) {
      offset_.set_hours(token.word_value);
      return true;
    }
    return !has_number_ && tokens_.peek().kind != TokenKind::kNumber;
  }

  // After the sign.
  bool offset(bool negative) {
    Token digits;
    if (tokens_.peek().kind == TokenKind::kNumber) digits = tokens_.take();
    has_number_ = true;
    if (tokens_.peek().is(':')) {
      offset_.set(negative, digits.number, std::nullopt);
    } else if (digits.length == 1 || digits.length == 2) {
      offset_.set(negative, digits.number, 0);
    } else if (digits.length == 3 || digits.length == 4) {
      offset_.set(negative, digits.number / 100, digits.number % 100);
    } else {
      return false;
    }
    return true;
  }

  Tokens<Unit> tokens_;
  DateNumbers date_;
  TimeNumbers time_;
  OffsetNumbers offset_;
  bool has_number_ = false;
};

template <typename Unit>
ParsedDate parse_date_of(std::span<const Unit> text) {
  DateTime iso;
  if (IsoParser<Unit>(text).parse(iso)) return iso.result();
  // The specification forbids this spelling of the year 0.
  constexpr std::string_view kNegativeZero = "-000000";
  if (text.size() >= kNegativeZero.size() &&
      std::equal(kNegativeZero.begin(), kNegativeZero.end(), text.begin())) {
    return {};
  }
  DateTime legacy;
  if (LegacyParser<Unit>(text).parse(legacy)) return legacy.result();
  return {};
}

double time_value_of(const ParsedDate& parsed, TimeZone& zone) {
  if (!parsed.valid) return std::numeric_limits<double>::quiet_NaN();
  return time_clip(parsed.is_local ? utc_time(parsed.time, zone) : parsed.time);
}

}  // namespace

ParsedDate parse_date(std::span<const uint8_t> latin1) {
  return parse_date_of(latin1);
}
ParsedDate parse_date(std::span<const char16_t> utf16) {
  return parse_date_of(utf16);
}
double parse_to_time_value(std::span<const uint8_t> latin1, TimeZone& zone) {
  return time_value_of(parse_date_of(latin1), zone);
}
double parse_to_time_value(std::span<const char16_t> utf16, TimeZone& zone) {
  return time_value_of(parse_date_of(utf16), zone);
}

}  // namespace skein::numeric::date
