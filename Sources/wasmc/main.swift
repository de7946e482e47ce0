import WasmcCommands

WasmcMain.main()
