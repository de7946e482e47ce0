// server.go - an HTTP server on the listening socket that it was given as descriptor 3.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
)

func main() {
	listener, err := net.FileListener(os.NewFile(3, "listener"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.HandleFunc("/echo", func(response http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		_, _ = response.Write(body)
	})
	http.HandleFunc("/quit", func(response http.ResponseWriter, request *http.Request) {
		response.Header().Set("Content-Length", "3")
		fmt.Fprint(response, "bye")
		response.(http.Flusher).Flush()
		os.Exit(0)
	})
	fmt.Println("ready")
	fmt.Fprintln(os.Stderr, http.Serve(listener, nil))
}
