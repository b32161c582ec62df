# The web app: `npm ci` when the lock file changed, `vite build` when a source changed, then into the program.
function(countback_embed_web target)
  set(web ${CMAKE_SOURCE_DIR}/web)
  if(NOT COUNTBACK_WEB OR NOT EXISTS ${web}/package-lock.json)
    return()
  endif()
  find_program(NPM npm)
  find_program(NODE node)
  if(NOT NPM OR NOT NODE)
    message(FATAL_ERROR "The web app needs Node.js 20.19 or newer with npm (./run installs it)")
  endif()
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${web}/*.ts ${web}/*.tsx ${web}/*.json ${web}/*.css ${web}/*.html
       ${CMAKE_SOURCE_DIR}/docs/api/openapi.yaml)
  list(FILTER web_sources EXCLUDE REGEX "/(node_modules|dist|test)/")
  set(pack ${CMAKE_BINARY_DIR}/generated/web_pack.bin)
  set(stamp ${web}/node_modules/.package-lock.json)
  add_custom_command(OUTPUT ${stamp} DEPENDS ${web}/package-lock.json WORKING_DIRECTORY ${web}
                     COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error
                     COMMAND ${CMAKE_COMMAND} -E touch ${stamp} COMMENT "web: packages" VERBATIM)
  set(packer ${CMAKE_SOURCE_DIR}/src/cmake/pack.mjs)
  add_custom_command(OUTPUT ${pack} DEPENDS ${stamp} ${web_sources} ${packer} WORKING_DIRECTORY ${web}
                     COMMAND ${NPM} run --silent build
                     COMMAND ${NODE} ${packer} ${web}/dist ${pack} COMMENT "web: pages" VERBATIM)
  set(assembly ${CMAKE_BINARY_DIR}/generated/embedded/web_pack.S)
  file(GENERATE OUTPUT ${assembly} CONTENT ".section .rodata\n.global web_pack\n.global web_pack_end\nweb_pack:\n.incbin \"${pack}\"\nweb_pack_end:\n.byte 0\n.section .note.GNU-stack,\"\",@progbits\n")
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS ${pack})
  target_sources(${target} PRIVATE ${assembly})
  target_compile_definitions(${target} PRIVATE COUNTBACK_WEB=1)
endfunction()
