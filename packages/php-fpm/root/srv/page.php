<?php
header('X-From: guest');
echo 'hello ', $_GET['name'], ', ', array_sum(range(1, 10));
