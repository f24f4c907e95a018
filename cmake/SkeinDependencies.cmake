# ICU, Abseil, GoogleTest and Google Benchmark: the same versions from the same archives for every
# target, built once per compiler into the cache (see dependencies/archives.cmake) and imported.
#
#   absl::NAME                     the usual names
#   Skein::icuuc                   static, without data
#   Skein::icui18n                 likewise; there as soon as core/intl has sources
#   SKEIN_ICU_DATA_FILE            the full data file, for udata_setCommonData or u_setDataDirectory
#   GTest::gtest_main              with SKEIN_TESTS
#   benchmark::benchmark           with SKEIN_BENCHMARKS

include("${CMAKE_CURRENT_LIST_DIR}/dependencies/archives.cmake")

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# Builds `name` for this compiler unless the cache has it; `prefix` is where it is installed.
# SANITIZE: this library must be instrumented as Skein is. Abseil must be: its tables have another
# layout under AddressSanitizer, and ThreadSanitizer must see its mutex. The others need not.
# UndefinedBehaviorSanitizer changes no layout and is for our own code only: with it, GCC 12 takes the
# address of a function for no constant in a comparison with null, which Abseil's tables need.
function(skein_dependency name prefix)
  cmake_parse_arguments(arg "SANITIZE" "" "" ${ARGN})
  string(TOUPPER "${name}" NAME)
  set(recipe "${PROJECT_SOURCE_DIR}/cmake/dependencies/${name}/CMakeLists.txt")

  set(archive ${name})
  if(SKEIN_${NAME}_SOURCE)
    set(archive ${SKEIN_${NAME}_SOURCE})
  endif()

  set(sanitize "")
  set(variant native)
  if(EMSCRIPTEN)
    if(SKEIN_THREADS)
      set(variant wasm-mt)
    else()
      set(variant wasm-st)
    endif()
  elseif(arg_SANITIZE AND SKEIN_SANITIZE)
    string(REPLACE "," ";" sanitizers "${SKEIN_SANITIZE}")
    list(REMOVE_ITEM sanitizers undefined)
    list(JOIN sanitizers "," sanitize)
    list(PREPEND sanitizers native)
    list(JOIN sanitizers "-" variant)
  endif()

  file(READ "${recipe}" key)
  file(GLOB helpers "${PROJECT_SOURCE_DIR}/cmake/dependencies/recipe.cmake"
    "${PROJECT_SOURCE_DIR}/cmake/dependencies/${archive}/*.cmake")
  foreach(helper IN LISTS helpers)
    file(READ "${helper}" text)
    string(APPEND key "${text}")
  endforeach()
  string(APPEND key "${SKEIN_${NAME}_SHA256}" "${sanitize}" "${SKEIN_THREADS}"
    "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_SYSTEM_PROCESSOR}")
  string(SHA256 key "${key}")
  string(SUBSTRING "${key}" 0 12 key)
  set(folder "${SKEIN_CACHE}/prefix/${name}-${SKEIN_${NAME}_VERSION}-${variant}-${key}")
  set(${prefix} "${folder}" PARENT_SCOPE)
  if(EXISTS "${folder}/.complete")
    return()
  endif()

  file(MAKE_DIRECTORY "${SKEIN_CACHE}/prefix")
  file(LOCK "${folder}.lock" GUARD FUNCTION)  # another checkout may be building the same
  if(EXISTS "${folder}/.complete")
    return()
  endif()
  skein_fetch_source(${archive} source)
  message(NOTICE "building ${name} ${SKEIN_${NAME}_VERSION} for ${variant} (once; a few minutes at most)")
  set(build "${folder}.build")
  set(toolchain "")
  if(CMAKE_TOOLCHAIN_FILE)
    set(toolchain "-DCMAKE_TOOLCHAIN_FILE=${CMAKE_TOOLCHAIN_FILE}")
  else()
    set(toolchain "-DCMAKE_C_COMPILER=${CMAKE_C_COMPILER}" "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}")
  endif()
  skein_run_quietly("${folder}.log" ${CMAKE_COMMAND} -S "${PROJECT_SOURCE_DIR}/cmake/dependencies/${name}"
    -B "${build}" -G Ninja ${toolchain} -DCMAKE_BUILD_TYPE=Release "-DCMAKE_INSTALL_PREFIX=${folder}"
    -DCMAKE_INSTALL_LIBDIR=lib "-DSOURCE_DIR=${source}" "-DSKEIN_SANITIZE=${sanitize}"
    "-DSKEIN_THREADS=${SKEIN_THREADS}")
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  skein_run_quietly("${folder}.log" ${CMAKE_COMMAND} --build "${build}" --parallel ${cores})
  skein_run_quietly("${folder}.log" ${CMAKE_COMMAND} --install "${build}")
  file(REMOVE_RECURSE "${build}")
  file(TOUCH "${folder}/.complete")
endfunction()

# Runs a command whose output nobody wants to see unless it fails. On a terminal it is shown (on the
# standard error, as all that is meant for people), because ninja keeps its progress in one line there.
function(skein_run_quietly log)
  execute_process(COMMAND test -t 2 RESULT_VARIABLE no_terminal)
  if(no_terminal)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_FILE "${log}" ERROR_FILE "${log}")
  else()
    execute_process(COMMAND sh -c "exec \"$@\" >&2" sh ${ARGN} RESULT_VARIABLE failed)
  endif()
  if(failed)
    set(output "")
    if(EXISTS "${log}")
      execute_process(COMMAND tail -n 40 "${log}" OUTPUT_VARIABLE output)
    endif()
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "failed: ${command}\n${output}")
  endif()
  file(REMOVE "${log}")
endfunction()

function(skein_import name file include)
  add_library(${name} STATIC IMPORTED GLOBAL)
  set_target_properties(${name} PROPERTIES
    IMPORTED_LOCATION "${file}" INTERFACE_INCLUDE_DIRECTORIES "${include}")
endfunction()

skein_dependency(icu prefix)
set(SKEIN_ICU_DATA_FILE "${prefix}/share/icu/icudt78l.dat")
skein_import(Skein::icuuc "${prefix}/lib/libicuuc.a" "${prefix}/include")
target_compile_definitions(Skein::icuuc INTERFACE U_STATIC_IMPLEMENTATION U_CHARSET_IS_UTF8=1)
target_link_libraries(Skein::icuuc INTERFACE Threads::Threads ${CMAKE_DL_LIBS})

# Two thirds of the time that ICU takes to build, so not before ECMA-402 needs it.
file(GLOB intl CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/core/intl/*.cpp")
if(intl)
  skein_dependency(icu-i18n prefix)
  skein_import(Skein::icui18n "${prefix}/lib/libicui18n.a" "${prefix}/include")
  target_link_libraries(Skein::icui18n INTERFACE Skein::icuuc)
endif()

# As for Abseil: three minutes per sanitizer, so not before a link line names it.
file(GLOB lists "${PROJECT_SOURCE_DIR}/core/*/CMakeLists.txt" "${PROJECT_SOURCE_DIR}/native/CMakeLists.txt"
  "${PROJECT_SOURCE_DIR}/wasm/CMakeLists.txt" "${PROJECT_SOURCE_DIR}/tests/unit/CMakeLists.txt")
set(uses_abseil "")
foreach(list IN LISTS lists)
  file(STRINGS "${list}" uses REGEX "absl::")
  list(APPEND uses_abseil ${uses})
endforeach()
if(uses_abseil)
  skein_dependency(abseil prefix SANITIZE)
  skein_import(Skein::absl "${prefix}/lib/libabsl.a" "${prefix}/include")
  target_link_libraries(Skein::absl INTERFACE Threads::Threads)
  foreach(name
      algorithm algorithm_container any_invocable base bits btree check cleanup config cord
      core_headers die_if_null endian fixed_array flat_hash_map flat_hash_set function_ref hash
      hash_container_defaults inlined_vector int128 log memory node_hash_map node_hash_set
      nullability no_destructor overload prefetch random_random raw_logging_internal span stacktrace
      status statusor str_format strings symbolize synchronization time type_traits utility)
    add_library(absl::${name} INTERFACE IMPORTED GLOBAL)
    target_link_libraries(absl::${name} INTERFACE Skein::absl)
  endforeach()
endif()

if(SKEIN_TESTS)
  skein_dependency(googletest prefix)
  find_package(GTest CONFIG REQUIRED PATHS "${prefix}" NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  set_target_properties(GTest::gtest GTest::gtest_main PROPERTIES IMPORTED_GLOBAL TRUE)
endif()
if(SKEIN_BENCHMARKS)
  skein_dependency(benchmark prefix)
  find_package(benchmark CONFIG REQUIRED PATHS "${prefix}" NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
  set_target_properties(benchmark::benchmark PROPERTIES IMPORTED_GLOBAL TRUE)
endif()
