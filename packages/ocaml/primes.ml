(* SPDX-License-Identifier: GPL-2.0 *)

(* A lazy sieve, a table on the heap, an exception, a file. *)
let rec sieve numbers () =
  match numbers () with
  | Seq.Nil -> Seq.Nil
  | Seq.Cons (p, rest) -> Seq.Cons (p, sieve (Seq.filter (fun n -> n mod p <> 0) rest))

let rec from n () = Seq.Cons (n, from (n + 1))

let rec until limit numbers =
  match numbers () with
  | Seq.Cons (n, rest) when n < limit -> n :: until limit rest
  | _ -> []

let lines name =
  let channel = open_in name in
  let rec count n = match input_line channel with _ -> count (n + 1) | exception End_of_file -> n in
  let n = count 0 in
  close_in channel;
  n

let () =
  let primes = until (int_of_string Sys.argv.(1)) (sieve (from 2)) in
  Printf.printf "primes: %d\n" (List.length primes);
  let squares = Hashtbl.create 16 in
  List.iter (fun n -> Hashtbl.replace squares n (n * n)) (List.init 100_000 Fun.id);
  Gc.compact ();
  Printf.printf "table: %d %d\n" (Hashtbl.length squares) (Hashtbl.find squares 999);
  (try Printf.printf "%d\n" (Hashtbl.find squares (-1)) with Not_found -> print_endline "caught");
  let name, channel = Filename.open_temp_file "ocaml" "" in
  List.iter (Printf.fprintf channel "%d\n") primes;
  close_out channel;
  Printf.printf "lines: %d\n" (lines name);
  exit 8
