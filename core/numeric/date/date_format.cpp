#include "core/numeric/date/date_format.h"

#include <cstring>

namespace skein::numeric::date {
namespace {

class Writer {
 public:
  explicit Writer(DateBuffer& buffer) : start_(buffer.data()), end_(buffer.data()) {}

  Writer& text(std::string_view text) {
    std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
    return *this;
  }
  Writer& padded(uint64_t value, int width) {
    char digits[24];
    int count = 0;
    for (; value != 0 || count < width; value /= 10) digits[count++] = static_cast<char>('0' + value % 10);
    while (count > 0) *end_++ = digits[--count];
    return *this;
  }
  // As toString and toUTCString write it: at least four digits after the sign.
  Writer& year(int64_t year) {
    if (year < 0) text("-");
    return padded(static_cast<uint64_t>(year < 0 ? -year : year), 4);
  }
  Writer& clock(const Fields& fields) {
    return padded(fields.hour, 2).text(":").padded(fields.minute, 2).text(":").padded(fields.second, 2);
  }
  std::string_view written() const { return {start_, static_cast<size_t>(end_ - start_)}; }

 private:
  char* start_;
  char* end_;
};

constexpr std::string_view kWeekdays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

}  // namespace

std::string_view weekday_name(int weekday) {
  return kWeekdays.substr(3 * weekday, 3);
}
std::string_view month_name(int month) {
  return kMonths.substr(3 * month, 3);
}

std::string_view iso_text(const Fields& utc, DateBuffer& buffer) {
  Writer writer(buffer);
  if (utc.year >= 0 && utc.year <= 9999) {
    writer.padded(static_cast<uint64_t>(utc.year), 4);
  } else {
    writer.text(utc.year < 0 ? "-" : "+")
        .padded(static_cast<uint64_t>(utc.year < 0 ? -utc.year : utc.year), 6);
  }
  writer.text("-").padded(utc.month + 1, 2).text("-").padded(utc.day, 2).text("T");
  return writer.clock(utc).text(".").padded(utc.millisecond, 3).text("Z").written();
}

std::string_view utc_text(const Fields& utc, DateBuffer& buffer) {
  Writer writer(buffer);
  writer.text(weekday_name(utc.weekday)).text(", ").padded(utc.day, 2).text(" ");
  writer.text(month_name(utc.month)).text(" ").year(utc.year).text(" ");
  return writer.clock(utc).text(" GMT").written();
}

std::string_view date_text(const Fields& local, DateBuffer& buffer) {
  Writer writer(buffer);
  writer.text(weekday_name(local.weekday)).text(" ").text(month_name(local.month)).text(" ");
  return writer.padded(local.day, 2).text(" ").year(local.year).written();
}

std::string_view time_text(const Fields& local, double offset_ms, DateBuffer& buffer) {
  auto minutes = static_cast<int>(std::fabs(offset_ms) / kMsPerMinute);
  Writer writer(buffer);
  writer.clock(local).text(" GMT").text(offset_ms < 0 ? "-" : "+");
  return writer.padded(minutes / 60, 2).padded(minutes % 60, 2).written();
}

}  // namespace skein::numeric::date
