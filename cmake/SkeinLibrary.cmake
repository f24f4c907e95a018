# skein_library(NAME [DEPENDS lib...] [LINK target...])
#
# One library per folder: skein_NAME from every *.cpp of the current folder and its subfolders.
# DEPENDS names other folders of core/ (or platform): the layers that this one may see. The link
# lines are the architecture; tests/layering_test checks that #include lines keep to them.
function(skein_library name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(sources)
    add_library(skein_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_compile_options(skein_${name} PRIVATE ${SKEIN_COMPILE_OPTIONS})
  else()
    add_library(skein_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(skein_${name} ${scope} "${PROJECT_SOURCE_DIR}")
  target_compile_definitions(skein_${name} ${scope}
    $<$<BOOL:${SKEIN_GC_STRESS}>:SKEIN_GC_STRESS=1>
    $<$<CONFIG:Debug>:SKEIN_OPCODE_STATS=1>
    $<$<BOOL:${SKEIN_TAGGED_VALUES}>:SKEIN_TAGGED_VALUES=1>
    $<$<BOOL:${SKEIN_THREADS}>:SKEIN_THREADS=1>)
  foreach(dependency IN LISTS arg_DEPENDS)
    target_link_libraries(skein_${name} ${scope} skein_${dependency})
  endforeach()
  target_link_libraries(skein_${name} ${scope} ${arg_LINK})
endfunction()

# skein_console_program(TARGET)
#
# Makes an executable one that runs from a shell (under ctest, say) on every target. For Emscripten
# that is a Node program with the real file system, whose main() may block because it is a thread.
function(skein_console_program target)
  target_compile_options(${target} PRIVATE "$<$<COMPILE_LANGUAGE:CXX>:${SKEIN_COMPILE_OPTIONS}>")
  if(EMSCRIPTEN)
    target_link_options(${target} PRIVATE -sENVIRONMENT=node,worker -sNODERAWFS -sEXIT_RUNTIME
      $<$<BOOL:${SKEIN_THREADS}>:-sPROXY_TO_PTHREAD>)
  endif()
endfunction()
