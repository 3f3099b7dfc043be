# Writes the files of FOLDER as string constants into OUTPUT (see migrate.hpp).

file(GLOB files ${FOLDER}/*.sql)
list(SORT files)
set(chunk 8000) # some compilers limit the length of one literal

set(rows "")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME_WE)
  if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+$")
    message(FATAL_ERROR "${file}: a migration is called NNNN_what.sql")
  endif()
  math(EXPR version "1${CMAKE_MATCH_1} - 10000")
  file(READ "${file}" text)

  # A raw literal ends at its delimiter: take one the text does not hold.
  set(delimiter "sql")
  string(FIND "${text}" ")${delimiter}\"" clash)
  while(NOT clash EQUAL -1)
    string(APPEND delimiter "_")
    string(FIND "${text}" ")${delimiter}\"" clash)
  endwhile()

  set(literal "")
  string(LENGTH "${text}" length)
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} ${chunk} part)
    string(APPEND literal "\n   R\"${delimiter}(${part})${delimiter}\"")
    math(EXPR at "${at} + ${chunk}")
  endwhile()
  string(APPEND rows "  {${version}, \"${name}\",${literal}},\n")
endforeach()

file(WRITE "${OUTPUT}" "#include \"schema/migrate.hpp\"

namespace troupe {

const std::vector<migration> migrations{
${rows}};

} // namespace troupe
")
