# One place for flags: the language, warnings as errors, the linker, the cache, sanitizers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # libstdc++ 12 raises false alarms of these three on optimised std::string and std::vector.
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized -Wno-array-bounds -Wno-dangling-pointer)
endif()
add_link_options(-pthread)

set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
add_compile_options(-fstack-protector-strong -D_FORTIFY_SOURCE=2 -fno-omit-frame-pointer)

if(COUNTBACK_SANITIZE)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${COUNTBACK_SANITIZE};-fno-sanitize-recover=all;-U_FORTIFY_SOURCE>")
  add_link_options(-fsanitize=${COUNTBACK_SANITIZE})
endif()
if(COUNTBACK_FUZZ)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fsanitize=fuzzer-no-link,address,undefined;-fno-sanitize-recover=all;-U_FORTIFY_SOURCE>")
  add_link_options(-fsanitize=address,undefined)
endif()
