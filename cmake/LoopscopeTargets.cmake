# The flags that every target of this project shares, as one INTERFACE target, and the function that adds a library with them.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_package(Threads REQUIRED)

add_library(loopscope_flags INTERFACE)
target_include_directories(loopscope_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_link_libraries(loopscope_flags INTERFACE Threads::Threads)
target_compile_options(loopscope_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  # g++ 12 warns of std::string's own code when it optimises (GCC bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Likewise where headers are precompiled, and its code is taken for ours; the preset core-only goes without.
  "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>,$<BOOL:${LOOPSCOPE_PRECOMPILE}>>:-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>"
  # Nobody puts functions of their own in the place of ours at run time, and g++ inlines none that somebody might (clang++ does by itself).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-fno-semantic-interposition>
  # Of sources that are compiled together g++ takes all but the first for headers.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${LOOPSCOPE_UNITE}>>:-Wno-subobject-linkage>
  $<$<BOOL:${LOOPSCOPE_WERROR}>:-Werror>)
# Without a context object a connection outlives its receiver; narrowing and ASCII conversions hide mistakes.
target_compile_definitions(loopscope_flags INTERFACE
  QT_NO_CONTEXTLESS_CONNECT QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
  QT_NO_KEYWORDS QT_NO_FOREACH)

if(LOOPSCOPE_SANITIZE)
  # Optimised a little, or the instrumented tests take minutes; lines are all that a report needs of debug information.
  target_compile_options(loopscope_flags INTERFACE
    -O1 -g1 -fsanitize=${LOOPSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # The check of vptr opens a pipe for every object, and finds all of them broken while a test leaves no descriptors.
  if(LOOPSCOPE_SANITIZE MATCHES undefined)
    target_compile_options(loopscope_flags INTERFACE -fno-sanitize=vptr)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    target_compile_options(loopscope_flags INTERFACE -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/tests/support/sanitizers.ignorelist)
  endif()
  target_link_options(loopscope_flags INTERFACE -fsanitize=${LOOPSCOPE_SANITIZE})
endif()

if(LOOPSCOPE_FUZZ)
  target_compile_options(loopscope_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Decided once for a build folder: with a ccache that is installed later, every command would be another, and everything be built anew.
if(NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(ccache ccache NO_CACHE)
  if(NOT ccache OR LOOPSCOPE_PRECOMPILE)
    set(ccache "")
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER "${ccache}" CACHE STRING "What starts the compiler; decided when the build folder is made")
endif()

# loopscope_library(NAME SOURCES… [LINK …]): a static library with the project's flags.
function(loopscope_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_library(${name} STATIC ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON) # for the module that draws
  target_link_libraries(${name} PUBLIC loopscope_flags ${arg_LINK})
endfunction()

# From the folder of the program to that of its modules, installed or built.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR BASE_DIRECTORY "${CMAKE_INSTALL_FULL_BINDIR}" OUTPUT_VARIABLE LOOPSCOPE_MODULES)
set(LOOPSCOPE_MODULES "${LOOPSCOPE_MODULES}/loopscope")
cmake_path(ABSOLUTE_PATH LOOPSCOPE_MODULES BASE_DIRECTORY "${PROJECT_BINARY_DIR}/app" NORMALIZE OUTPUT_VARIABLE LOOPSCOPE_BUILT_MODULES)

# loopscope_module(NAME SOURCES… [LINK …]): the target loopscope_NAME, a part of the program that it loads when it needs it: see core/files/module.h.
function(loopscope_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_library(loopscope_${name} MODULE ${arg_SOURCES})
  set_target_properties(loopscope_${name} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY "${LOOPSCOPE_BUILT_MODULES}" PREFIX "" OUTPUT_NAME loopscope-${name})
  target_link_libraries(loopscope_${name} PRIVATE loopscope_flags ${arg_LINK})
  target_compile_definitions(loopscope_${name} PRIVATE LOOPSCOPE_VERSION="${PROJECT_VERSION}")
  if(NOT LOOPSCOPE_SANITIZE) # whose library is the program's alone
    target_link_options(loopscope_${name} PRIVATE -Wl,-z,defs) # what it lacks shows now, and not where it is first called
  endif()
endfunction()

# loopscope_use_allocator(NAME): the allocator of the program, mimalloc, for an executable. A task is a dozen small
# allocations, made by the thousand at once: a fifth of the CPU time of reading small files was the C library's. Defines LOOPSCOPE_USES_MIMALLOC.
function(loopscope_use_allocator name)
  if(NOT LOOPSCOPE_SANITIZE) # which have an allocator of their own
    find_package(mimalloc 2.0 REQUIRED)
    target_sources(${name} PRIVATE "${PROJECT_SOURCE_DIR}/app/allocator.cpp")
    target_link_libraries(${name} PRIVATE mimalloc)
    target_compile_definitions(${name} PRIVATE LOOPSCOPE_USES_MIMALLOC)
  endif()
endfunction()

# loopscope_precompile(NAME HEADERS…): precompiles headers for a target, where that is wished for. Every source still includes what it needs: other
# builds go without, and .ci/apart looks at the program's.
function(loopscope_precompile name)
  if(LOOPSCOPE_PRECOMPILE)
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()

# loopscope_unite(NAME): compiles the sources of a target by the dozen, each with others of its folder, where that is wished for: most of the time goes
# into the headers that they share. So a name in an unnamed namespace is the only one of its kind in its folder, overloads apart.
function(loopscope_unite name)
  if(NOT LOOPSCOPE_UNITE)
    return()
  endif()
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${name} SOURCES)
  list(FILTER sources INCLUDE REGEX "^[^/].*[.]cpp$") # what is generated has an absolute path
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    string(MAKE_C_IDENTIFIER "${folder}" folder)
    list(LENGTH sources_of_${folder} number)
    list(APPEND sources_of_${folder} ${source})
    math(EXPR dozen "${number} / 12")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP "${folder}_${dozen}")
  endforeach()
endfunction()

set(LOOPSCOPE_STANDARD_HEADERS <algorithm> <chrono> <functional> <map> <memory> <mutex> <optional> <stop_token> <string> <thread> <vector>)
