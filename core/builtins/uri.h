// https://tc39.es/ecma262/#sec-uri-handling-functions, and escape and unescape of
// https://tc39.es/ecma262/#sec-additional-properties-of-the-global-object
#pragma once

#include "core/runtime/call.h"

namespace skein {

Completion<Value> global_decode_uri(Agent& agent, const CallInfo& info);
Completion<Value> global_decode_uri_component(Agent& agent, const CallInfo& info);
Completion<Value> global_encode_uri(Agent& agent, const CallInfo& info);
Completion<Value> global_encode_uri_component(Agent& agent, const CallInfo& info);
Completion<Value> global_escape(Agent& agent, const CallInfo& info);
Completion<Value> global_unescape(Agent& agent, const CallInfo& info);

}  // namespace skein
