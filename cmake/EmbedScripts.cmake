# Writes the scripts of a folder as one C++ source with their texts:
#   cmake -DOUTPUT=FILE -DSCRIPTS=a.js,b.js -P EmbedScripts.cmake
string(REPLACE "," ";" scripts "${SCRIPTS}")
set(text "// Made by cmake/EmbedScripts.cmake.\n#include \"core/host/internal_scripts.h\"\n\nnamespace skein {\n\n")
string(APPEND text "const InternalScript kInternalScripts[] = {\n")
foreach(script IN LISTS scripts)
  get_filename_component(name "${script}" NAME_WE)
  file(READ "${script}" content)
  string(APPEND text "    {\"${name}\", R\"~script~(${content})~script~\"},\n")
endforeach()
string(APPEND text "};\nconst int kInternalScriptCount = sizeof kInternalScripts / sizeof *kInternalScripts;\n\n}  // namespace skein\n")
file(WRITE "${OUTPUT}" "${text}")
