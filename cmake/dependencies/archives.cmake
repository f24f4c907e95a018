# The source archives of the libraries that Skein links, and how they get onto this machine.
#
# Everything lives outside the tree, in SKEIN_CACHE, and is shared by all checkouts:
#   archives/  as released      sources/  unpacked      prefix/  built, one folder per recipe and compiler
#
# An archive comes from its project's release page; where that cannot be reached, from the Debian
# archive that this machine's apt is set up with (which keeps the same file). Both are held to the
# same SHA-256. A name may list a second hash where Debian packs the tag instead of the release.

if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
  set(SKEIN_CACHE "$ENV{XDG_CACHE_HOME}/skein")
else()
  set(SKEIN_CACHE "$ENV{HOME}/.cache/skein")
endif()

set(SKEIN_ICU_VERSION 78.3)
set(SKEIN_ICU_URL "https://github.com/unicode-org/icu/releases/download/release-78.3/icu4c-78.3-sources.tgz")
set(SKEIN_ICU_SHA256 3a2e7a47604ba702f345878308e6fefeca612ee895cf4a5f222e7955fabfe0c0)

# A recipe of its own out of the same archive.
set(SKEIN_ICU-I18N_VERSION 78.3)
set(SKEIN_ICU-I18N_SHA256 ${SKEIN_ICU_SHA256})
set(SKEIN_ICU-I18N_SOURCE icu)

set(SKEIN_ABSEIL_VERSION 20260526.0)
set(SKEIN_ABSEIL_URL "https://github.com/abseil/abseil-cpp/releases/download/20260526.0/abseil-cpp-20260526.0.tar.gz")
set(SKEIN_ABSEIL_SHA256 6e1aee535473414164bf83e4ebc40240dec71a4701f8a642d906e95bea1aea0c)

set(SKEIN_GOOGLETEST_VERSION 1.18.0)
set(SKEIN_GOOGLETEST_URL "https://github.com/google/googletest/releases/download/v1.18.0/googletest-1.18.0.tar.gz")
set(SKEIN_GOOGLETEST_SHA256
  6e3191c1455468b3fc35a417fb565c1c5071aee1b7e7f85e30cf48a98d37d8b5
  b9cf3c3d06dbae3eeca671e2a3ea33f3749e23eaa1389cd92c9d0a575e146128)

set(SKEIN_BENCHMARK_VERSION 1.9.1)
set(SKEIN_BENCHMARK_URL "https://github.com/google/benchmark/archive/refs/tags/v1.9.1.tar.gz")
set(SKEIN_BENCHMARK_SHA256 32131c08ee31eeff2c8968d7e874f3cb648034377dfc32a4c377fa8796d84981)

# Is `file` there, with one of the hashes that are expected of `NAME`?
function(skein_archive_is_good NAME file result)
  set(${result} FALSE PARENT_SCOPE)
  if(EXISTS "${file}")
    file(SHA256 "${file}" hash)
    if(hash IN_LIST SKEIN_${NAME}_SHA256)
      set(${result} TRUE PARENT_SCOPE)
    endif()
  endif()
endfunction()

# Leaves the archive of `name` in the cache and its path in `result`.
function(skein_fetch_archive name result)
  string(TOUPPER "${name}" NAME)
  set(archive "${SKEIN_CACHE}/archives/${name}-${SKEIN_${NAME}_VERSION}.tar.gz")
  set(${result} "${archive}" PARENT_SCOPE)
  skein_archive_is_good(${NAME} "${archive}" good)
  if(good)
    return()
  endif()

  file(MAKE_DIRECTORY "${SKEIN_CACHE}/archives")
  message(NOTICE "fetching ${name} ${SKEIN_${NAME}_VERSION}")
  set(partial "${archive}.partial")
  # One byte first: a network that swallows packets would make the real download wait for minutes.
  file(DOWNLOAD "${SKEIN_${NAME}_URL}" "${partial}" RANGE_START 0 RANGE_END 0 TIMEOUT 15 STATUS status)
  list(GET status 0 unreachable)
  if(NOT unreachable)
    file(DOWNLOAD "${SKEIN_${NAME}_URL}" "${partial}" TIMEOUT 900 INACTIVITY_TIMEOUT 30 STATUS status)
  endif()
  skein_archive_is_good(${NAME} "${partial}" good)
  if(NOT good)
    execute_process(
      COMMAND bash "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../tools/dev/debian-source.sh"
              ${name} ${SKEIN_${NAME}_VERSION} "${partial}"
      ERROR_VARIABLE complaint)
    skein_archive_is_good(${NAME} "${partial}" good)
  endif()
  if(NOT good)
    message(FATAL_ERROR
      "${name} ${SKEIN_${NAME}_VERSION} could not be fetched.\n"
      "  release page: ${status}\n  Debian archive: ${complaint}\n"
      "  Put the file of ${SKEIN_${NAME}_URL} at ${archive} by hand to go on.")
  endif()
  file(RENAME "${partial}" "${archive}")
endfunction()

# Leaves the unpacked sources of `name` in the cache and their folder in `result`.
function(skein_fetch_source name result)
  string(TOUPPER "${name}" NAME)
  set(folder "${SKEIN_CACHE}/sources/${name}-${SKEIN_${NAME}_VERSION}")
  set(${result} "${folder}" PARENT_SCOPE)
  if(EXISTS "${folder}")
    return()
  endif()
  file(MAKE_DIRECTORY "${SKEIN_CACHE}/sources")
  file(LOCK "${folder}.lock" GUARD FUNCTION)
  if(EXISTS "${folder}")
    return()
  endif()
  skein_fetch_archive(${name} archive)
  set(unpacking "${folder}.unpacking")
  file(REMOVE_RECURSE "${unpacking}")
  file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${unpacking}")
  file(GLOB top LIST_DIRECTORIES TRUE "${unpacking}/*")  # every one of them has a single top folder
  file(RENAME "${top}" "${folder}")
  file(REMOVE_RECURSE "${unpacking}")
endfunction()
