// server.rs - answers HTTP requests on the listening socket that it was given as descriptor 3, with the standard library,
// one connection after the other.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::wasi::io::FromRawFd;

fn serve(stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(&stream);
    loop {
        let mut request = String::new();
        if reader.read_line(&mut request)? == 0 {
            return Ok(());
        }
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            if line == "\r\n" {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let is_quit = request.starts_with("GET /quit");
        if is_quit {
            body = b"bye".to_vec();
        }
        write!(&stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len())?;
        (&stream).write_all(&body)?;
        if is_quit {
            std::process::exit(0);
        }
    }
}

fn main() {
    let listener = unsafe { TcpListener::from_raw_fd(3) };
    println!("ready");
    for stream in listener.incoming() {
        let _ = serve(stream.unwrap());
    }
}
