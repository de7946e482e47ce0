"""bank.py PORT - what the example talks to: says that it is open, charges one amount and ends."""
import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    print("open", flush=True)
    connection = listener.accept()[0]
    with connection:
        amount = int(connection.recv(100).split()[1])
        connection.sendall(f"receipt {1000 + amount}\n".encode())
