# Finds liburing 2.3 or newer, which comes without a CMake package: the target liburing::liburing.
find_path(LIBURING_INCLUDE_DIR liburing.h)
find_library(LIBURING_LIBRARY uring)
if(EXISTS "${LIBURING_INCLUDE_DIR}/liburing/io_uring.h")
  file(STRINGS "${LIBURING_INCLUDE_DIR}/liburing/io_uring.h" LIBURING_NEW_ENOUGH REGEX "IORING_SETUP_SINGLE_ISSUER") # since 2.3
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(liburing REQUIRED_VARS LIBURING_LIBRARY LIBURING_INCLUDE_DIR LIBURING_NEW_ENOUGH)
mark_as_advanced(LIBURING_INCLUDE_DIR LIBURING_LIBRARY)
if(liburing_FOUND AND NOT TARGET liburing::liburing)
  add_library(liburing::liburing UNKNOWN IMPORTED)
  set_target_properties(liburing::liburing PROPERTIES IMPORTED_LOCATION "${LIBURING_LIBRARY}"
                                                      INTERFACE_INCLUDE_DIRECTORIES "${LIBURING_INCLUDE_DIR}")
endif()
