// SPDX-License-Identifier: GPL-2.0
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

public class Server {
	private static boolean isPrime(int n) {
		for (int d = 2; d * d <= n; d++)
			if (n % d == 0)
				return false;
		return true;
	}

	private static long count(int from, int to) {
		return IntStream.range(from, to).filter(Server::isPrime).count();
	}

	/* Primes below 10,000, a quarter a thread. */
	private static long primes() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<Callable<Long>> parts = IntStream.range(0, 4)
			.mapToObj(i -> (Callable<Long>)() -> count(Math.max(2, i * 2500), (i + 1) * 2500))
			.collect(Collectors.toList());
		long sum = 0;

		for (Future<Long> part : threads.invokeAll(parts))
			sum += part.get();
		threads.shutdown();
		return sum;
	}

	private static String answer(String path) {
		try {
			switch (path) {
			case "/primes":
				return Long.toString(primes());
			case "/exception":
				return Integer.toString(path.length() / (path.length() - 10));
			default:
				return "hello from Java " + Runtime.version().feature();
			}
		} catch (Exception e) {
			return e.getMessage();
		}
	}

	public static void main(String[] args) throws Exception {
		HttpServer server = HttpServer.create(new InetSocketAddress(80), 0);

		server.createContext("/", exchange -> {
			byte[] body = answer(exchange.getRequestURI().getPath()).getBytes();

			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		/* By a signal Java ends with status 143: say that this was meant. */
		Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
	}
}
