#!/usr/bin/env escript
%% SPDX-License-Identifier: GPL-2.0

%% A number goes round a ring of N processes, each of which adds one.
ring(N) ->
    First = self(),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> pass_on(Next) end) end, First, lists:seq(1, N)),
    Last ! 0,
    receive Sum -> Sum end.

pass_on(Next) ->
    receive Sum -> Next ! Sum + 1 end.

echo() ->
    Options = [binary, {active, false}, {packet, line}],
    {ok, Listen} = gen_tcp:listen(0, Options),
    {ok, Port} = inet:port(Listen),
    spawn(fun() ->
        {ok, Peer} = gen_tcp:accept(Listen),
        {ok, Line} = gen_tcp:recv(Peer, 0),
        gen_tcp:send(Peer, string:uppercase(Line))
    end),
    {ok, Socket} = gen_tcp:connect("127.0.0.1", Port, Options),
    ok = gen_tcp:send(Socket, "hello\n"),
    {ok, Answer} = gen_tcp:recv(Socket, 0),
    string:trim(Answer).

main(_) ->
    io:format("ring: ~p~n", [ring(1000)]),
    io:format("over a socket: ~s~n", [echo()]),
    try 1 / length([]) catch error:Reason -> io:format("caught: ~p~n", [Reason]) end,
    halt(6).
