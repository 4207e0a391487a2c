# SPDX-License-Identifier: GPL-2.0
require 'socket'

$stdout.sync = true
puts "threads: #{(0...10).map { |t| Thread.new { (t * 10...t * 10 + 10).sum } }.sum(&:value)}"

server = TCPServer.new('127.0.0.1', 0)
Thread.new { peer = server.accept; peer.puts(peer.gets.upcase); peer.close }
client = TCPSocket.new('127.0.0.1', server.addr[1])
client.puts 'hello'
puts "over a socket: #{client.gets}"

begin
  1 / 0
rescue ZeroDivisionError => e
  puts "rescued: #{e.message}"
end

fibonacci = Fiber.new { a, b = 0, 1; loop { Fiber.yield a; a, b = b, a + b } }
puts "fiber: #{Array.new(7) { fibonacci.resume }.join(' ')}"
exit 4
