// A Kafka broker for tests: one node, real wire protocol. It prints its address, keeps what it has in -data, and ends when stdin does.
package main

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"strings"

	"github.com/twmb/franz-go/pkg/kfake"
)

func main() {
	port := flag.Int("port", 0, "0 takes a free one")
	data := flag.String("data", "", "folder that outlives the process; without one all is in memory")
	partitions := flag.Int("partitions", 1, "of each topic")
	topics := flag.String("topics", "", "made at the start, joined by commas; others are made when a client asks for them")
	user := flag.String("user", "", "MECHANISM:user:password; with it nobody else is let in")
	certificate := flag.String("cert", "", "PEM file; with it TLS is spoken")
	key := flag.String("key", "", "PEM file")
	flag.Parse()

	options := []kfake.Opt{kfake.NumBrokers(1), kfake.Ports(*port), kfake.AllowAutoTopicCreation(), kfake.DefaultNumPartitions(*partitions)}
	if *topics != "" {
		options = append(options, kfake.SeedTopics(int32(*partitions), strings.Split(*topics, ",")...))
	}
	if *data != "" {
		options = append(options, kfake.DataDir(*data), kfake.SyncWrites())
	}
	if parts := strings.SplitN(*user, ":", 3); len(parts) == 3 {
		options = append(options, kfake.EnableSASL(), kfake.Superuser(parts[0], parts[1], parts[2]), kfake.ListenFn(naming(parts[0])))
	}
	if *certificate != "" {
		pair, err := tls.LoadX509KeyPair(*certificate, *key)
		if err != nil {
			log.Fatal(err)
		}
		options = append(options, kfake.TLS(&tls.Config{Certificates: []tls.Certificate{pair}}))
	}
	cluster, err := kfake.NewCluster(options...)
	if err != nil {
		log.Fatal(err)
	}
	defer cluster.Close()
	fmt.Println(cluster.ListenAddrs()[0])
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// A real broker names the mechanisms that it knows in its answer to a handshake, and clients look at them; kfake leaves them out.
func naming(mechanism string) func(network, address string) (net.Listener, error) {
	return func(network, address string) (net.Listener, error) {
		listener, err := net.Listen(network, address)
		return &namingListener{listener, mechanism}, err
	}
}

type namingListener struct {
	net.Listener
	mechanism string
}

func (l *namingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return &namingConn{Conn: conn, mechanism: l.mechanism}, err
}

type namingConn struct {
	net.Conn
	mechanism string
	named     bool
}

// The first answer of a connection that holds its id, no error and an empty list is the one to a handshake.
func (c *namingConn) Write(answer []byte) (int, error) {
	if c.named || len(answer) != 14 || !bytes.Equal(answer[8:], make([]byte, 6)) {
		return c.Conn.Write(answer)
	}
	c.named = true
	named := binary.BigEndian.AppendUint32(nil, uint32(10+2+len(c.mechanism)))
	named = append(named, answer[4:10]...)
	named = binary.BigEndian.AppendUint32(named, 1)
	named = binary.BigEndian.AppendUint16(named, uint16(len(c.mechanism)))
	_, err := c.Conn.Write(append(named, c.mechanism...))
	return len(answer), err
}
