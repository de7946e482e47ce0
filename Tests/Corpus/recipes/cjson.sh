# cJSON: a library, with a driver of ours that parses, queries, patches and prints.
source_package=cjson
outputs='cjson.wasm'

build() {
    wasm_program cjson.wasm -O2 -I"$tree" "$here/drivers/json_tool.c" "$tree/cJSON.c" "$tree/cJSON_Utils.c"
}
