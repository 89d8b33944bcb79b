package io.nvmetsh.device;

/** A TCP socket of this machine that waits for connections, whoever opened it. */
public record TcpListener(String address, int port) {}
