# icu_library(NAME FOLDER DEFINITION)  One of ICU's libraries, from the list of sources that it keeps.
function(icu_library name folder definition)
  set(source "${SOURCE_DIR}/source")
  file(STRINGS "${source}/${folder}/sources.txt" files)
  list(TRANSFORM files PREPEND "${source}/${folder}/")
  add_library(${name} STATIC ${files})
  target_include_directories(${name} PRIVATE "${source}/common" "${source}/i18n")
  target_compile_definitions(${name} PRIVATE
    ${definition} U_STATIC_IMPLEMENTATION U_CHARSET_IS_UTF8=1 U_ATTRIBUTE_DEPRECATED= U_SHOW_CPLUSPLUS_API=1)
  if(EMSCRIPTEN)
    target_compile_options(${name} PRIVATE -Os)  # it is downloaded
  endif()
  install(TARGETS ${name} ARCHIVE DESTINATION lib)
  install(DIRECTORY "${source}/${folder}/unicode" DESTINATION include)
endfunction()
