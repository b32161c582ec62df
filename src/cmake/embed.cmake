# Files that travel inside the program: migrations of each room, texts, the web app.

# countback_embed(target symbol file…): a C++ function `std::span<const embedded::File> embedded::symbol()`
# over the files' bytes, taken in by the assembler (no compile time for large files).
function(countback_embed target symbol root)
  set(files ${ARGN})
  set(assembly "${CMAKE_BINARY_DIR}/generated/embedded/${symbol}.S")
  set(code "${CMAKE_BINARY_DIR}/generated/embedded/${symbol}.cpp")
  set(asm_text ".section .rodata\n")
  set(declarations "")
  set(entries "")
  set(index 0)
  foreach(file ${files})
    file(RELATIVE_PATH name ${root} ${file})
    string(APPEND asm_text ".balign 16\n.global ${symbol}_${index}\n.global ${symbol}_${index}_end\n"
                           "${symbol}_${index}:\n.incbin \"${file}\"\n${symbol}_${index}_end:\n.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}_${index}[], ${symbol}_${index}_end[];\n")
    string(APPEND entries "    {\"${name}\", {${symbol}_${index}, static_cast<std::size_t>(${symbol}_${index}_end - ${symbol}_${index})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm_text ".section .note.GNU-stack,\"\",@progbits\n")
  set(code_text "#include \"base/embedded.h\"\nextern \"C\" {\n${declarations}}\nnamespace countback::embedded {\nstd::span<const File> ${symbol}();\nstd::span<const File> ${symbol}() {\n  static const std::vector<File> files{\n${entries}  };\n  return files;\n}\n}  // namespace countback::embedded\n")
  file(GENERATE OUTPUT ${assembly} CONTENT "${asm_text}")
  file(GENERATE OUTPUT ${code} CONTENT "${code_text}")
  set_source_files_properties(${assembly} PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE ${assembly} ${code})
endfunction()

# The migrations of a room, src/<room>/schema/*.sql, as embedded::schema_<room>().
function(countback_embed_schema name directory)
  file(GLOB schema CONFIGURE_DEPENDS ${directory}/schema/*.sql)
  if(schema)
    countback_embed(${name} schema_${name} ${directory}/schema ${schema})
  endif()
endfunction()
