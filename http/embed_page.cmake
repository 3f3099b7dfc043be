# The page's built files become part of the program. TROUPE_UI builds them with npm;
# TROUPE_UI_DIST names a folder that is built already; without both there is no page.
set(page_data ${CMAKE_CURRENT_BINARY_DIR}/page_files.cpp)
set(write_page ${CMAKE_COMMAND} -DOUTPUT=${page_data} -P ${CMAKE_CURRENT_SOURCE_DIR}/write_page_files.cmake)
if(TROUPE_UI_DIST)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${TROUPE_UI_DIST}/*)
  add_custom_command(OUTPUT ${page_data}
    COMMAND ${write_page} -- ${TROUPE_UI_DIST} DEPENDS ${page_sources} write_page_files.cmake)
elseif(TROUPE_UI)
  find_program(NPM npm REQUIRED)
  set(ui ${CMAKE_CURRENT_SOURCE_DIR}/ui)
  set(dist ${CMAKE_BINARY_DIR}/page)
  file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${ui}/src/* ${ui}/public/*)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/npm.stamp
    COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund
    COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/npm.stamp
    WORKING_DIRECTORY ${ui} DEPENDS ${ui}/package.json ${ui}/package-lock.json USES_TERMINAL)
  add_custom_command(OUTPUT ${page_data}
    COMMAND ${NPM} run --silent build -- --outDir ${dist} --emptyOutDir
    COMMAND ${write_page} -- ${dist}
    WORKING_DIRECTORY ${ui}
    DEPENDS ${page_sources} ${ui}/index.html ${ui}/vite.config.ts ${CMAKE_BINARY_DIR}/npm.stamp
            ${CMAKE_CURRENT_SOURCE_DIR}/write_page_files.cmake)
else()
  add_custom_command(OUTPUT ${page_data} COMMAND ${write_page} DEPENDS write_page_files.cmake)
endif()
target_sources(troupe_http PRIVATE ${page_data})
