// SPDX-License-Identifier: GPL-2.0
package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
)

// The sum of the numbers up to n, a goroutine a number.
func sum(n int) int {
	var all sync.WaitGroup
	var lock sync.Mutex
	total := 0

	for i := 1; i <= n; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			lock.Lock()
			total += i
			lock.Unlock()
		}(i)
	}
	all.Wait()
	return total
}

func main() {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "hello", strings.TrimPrefix(r.URL.Path, "/"))
	})
	http.HandleFunc("/sum", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, sum(1000))
	})
	go func() {
		log.Fatal(http.ListenAndServe(":80", nil))
	}()
	<-stop
}
