// https://tc39.es/ecma262/#sec-additional-properties-of-the-string.prototype-object: the methods that
// wrap a string in an HTML element.
#include "core/builtins/string_methods.h"
#include "core/builtins/support.h"

namespace skein {
namespace {

struct HtmlElement {
  std::string_view method;
  std::string_view tag;
  std::string_view attribute = {};
};

// https://tc39.es/ecma262/#sec-createhtml
Completion<Value> create_html(Agent& agent, const CallInfo& info, const HtmlElement& element) {
  // 1. - 3.
  Root<String*> string(agent, TRY(this_string(agent, info, element.method)));
  StringBuilder builder(agent.heap());
  builder.append(u'<');
  builder.append_ascii(element.tag);
  // 4.
  if (!element.attribute.empty()) {
    String* value = TRY(to_string(agent, info[0]));
    builder.append(u' ');
    builder.append_ascii(element.attribute);
    builder.append_ascii("=\"");
    value->view().visit([&](auto units) {
      for (auto unit : units) {
        if (unit == '"') builder.append_ascii("&quot;");
        else builder.append(static_cast<char16_t>(unit));
      }
    });
    builder.append(u'"');
  }
  // 5. - 8.
  builder.append(u'>');
  builder.append(string);
  builder.append_ascii("</");
  builder.append_ascii(element.tag);
  builder.append(u'>');
  return TRY(finish_string(agent, builder));
}

}  // namespace

Completion<Value> string_prototype_anchor(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.anchor", "a", "name"});
}
Completion<Value> string_prototype_big(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.big", "big"});
}
Completion<Value> string_prototype_blink(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.blink", "blink"});
}
Completion<Value> string_prototype_bold(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.bold", "b"});
}
Completion<Value> string_prototype_fixed(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.fixed", "tt"});
}
Completion<Value> string_prototype_fontcolor(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.fontcolor", "font", "color"});
}
Completion<Value> string_prototype_fontsize(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.fontsize", "font", "size"});
}
Completion<Value> string_prototype_italics(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.italics", "i"});
}
Completion<Value> string_prototype_link(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.link", "a", "href"});
}
Completion<Value> string_prototype_small(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.small", "small"});
}
Completion<Value> string_prototype_strike(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.strike", "strike"});
}
Completion<Value> string_prototype_sub(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.sub", "sub"});
}
Completion<Value> string_prototype_sup(Agent& agent, const CallInfo& info) {
  return create_html(agent, info, {"String.prototype.sup", "sup"});
}

}  // namespace skein
