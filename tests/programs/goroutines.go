// SPDX-License-Identifier: GPL-2.0
// Goroutines: preemption of a busy one, many at once, channels, a TCP echo.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"time"
)

var failed bool

func report(name string, good bool) {
	if good {
		fmt.Println("ok go:", name)
		return
	}
	failed = true
	fmt.Println("FAIL go:", name, ": wrong result")
}

func preemption() bool {
	runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(runtime.NumCPU())
	stop := make(chan bool)
	go func() {
		for i := 0; ; i++ {
		}
	}()
	go func() { stop <- true }()
	select {
	case <-stop:
		return true
	case <-time.After(20 * time.Second):
		return false
	}
}

func many() bool {
	var group sync.WaitGroup
	results := make(chan int, 10000)
	for i := 0; i < 10000; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			results <- i
		}(i)
	}
	group.Wait()
	close(results)
	sum := 0
	for i := range results {
		sum += i
	}
	return sum == 9999*10000/2
}

func echo() bool {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return false
	}
	go func() {
		connection, err := listener.Accept()
		if err == nil {
			io.Copy(connection, connection)
			connection.Close()
		}
	}()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		fmt.Println(err)
		return false
	}
	connection.Write([]byte("hello"))
	connection.(*net.TCPConn).CloseWrite()
	answer, _ := io.ReadAll(connection)
	return string(answer) == "hello"
}

func main() {
	report("10,000 goroutines", many())
	report("TCP", echo())
	report("preemption", preemption())
	if failed {
		os.Exit(1)
	}
}
