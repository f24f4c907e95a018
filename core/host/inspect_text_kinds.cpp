#include "core/host/inspect_kinds.h"

#include <cmath>

#include "core/builtins/date_object.h"
#include "core/builtins/reg_exp_object.h"

namespace skein {

KindText describe_text_kind(Agent& agent, Object* object) {
  if (auto* reg_exp = object->as_if<RegExp>()) {
    if (reg_exp->source() == nullptr) return {};
    std::string source = reg_exp->source()->to_utf8();
    regexp::FlagsText flags = regexp::flags_text(reg_exp->flags());
    return {"/" + (source.empty() ? "(?:)" : source) + "/" + std::string(flags.letters, flags.length), "RegExp", true, false};
  }
  if (auto* date = object->as_if<Date>()) return {std::isnan(date->time()) ? "Invalid Date" : date_iso_text(date->time()), "Date", true, false};
  return {};
}

}  // namespace skein
