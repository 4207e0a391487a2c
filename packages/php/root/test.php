<?php
echo implode(',', array_slice($argv, 1)), "\n";
preg_match_all('/[a-z]/', '1a2b', $found);
echo json_encode(['sum' => array_sum(range(1, 100)), 'words' => $found[0]]), "\n";
try {
	intdiv(1, 0);
} catch (DivisionByZeroError $e) {
	echo "caught\n";
}
$name = tempnam('/tmp', 'php');
file_put_contents($name, str_repeat("line\n", 1000));
echo count(file($name)), "\n";
echo PHP_MAJOR_VERSION, '.', PHP_MINOR_VERSION, "\n";
exit(5);
