# ICU, Abseil, GoogleTest and Google Benchmark.
find_package(Threads REQUIRED)
if(SKEIN_TESTS)
  find_package(GTest REQUIRED)
endif()
