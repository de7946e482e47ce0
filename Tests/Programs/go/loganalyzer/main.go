// Command loganalyzer reads access logs and reports on them.
//
//	loganalyzer [-format text|json] [-top N] [-workers N] [FILE or FOLDER]...
//
// Without files it reads standard input. LOG_SINCE in the environment (RFC 3339) drops earlier lines. Exit status: 0; 1
// when a file cannot be read; 2 for a usage error; 4 when more than a tenth of the lines are no log lines.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

var linePattern = regexp.MustCompile(
	`^(?P<host>\S+) \S+ (?P<user>\S+) \[(?P<time>[^\]]+)\] ` +
		`"(?P<method>[A-Z]+) (?P<target>\S+)[^"]*" ` +
		`(?P<status>\d{3}) (?P<size>\d+|-)(?: (?P<ms>\d+)ms)?`)

const timeLayout = "02/Jan/2006:15:04:05 -0700"

// A record is one request.
type record struct {
	Host, User, Method, Path string
	Query                    url.Values
	Status                   int
	Bytes                    int64
	Milliseconds             int64
	Time                     time.Time
}

var errNoMatch = errors.New("no log line")

func parseLine(line string) (*record, error) {
	match := linePattern.FindStringSubmatch(line)
	if match == nil {
		return nil, errNoMatch
	}
	field := func(name string) string { return match[linePattern.SubexpIndex(name)] }
	when, err := time.Parse(timeLayout, field("time"))
	if err != nil {
		return nil, fmt.Errorf("time: %w", err)
	}
	target, err := url.ParseRequestURI(field("target"))
	if err != nil {
		return nil, fmt.Errorf("target: %w", err)
	}
	status, _ := strconv.Atoi(field("status"))
	size, _ := strconv.ParseInt(field("size"), 10, 64)
	ms, _ := strconv.ParseInt(field("ms"), 10, 64)
	return &record{
		Host: field("host"), User: field("user"), Method: field("method"), Path: target.Path, Query: target.Query(),
		Status: status, Bytes: size, Milliseconds: ms, Time: when.UTC(),
	}, nil
}

// A Summary is what is reported; summaries of parts can be merged.
type Summary struct {
	Lines, Rejected int
	Bytes           int64
	Hosts           map[string]int
	Paths           map[string]*PathStats
	Statuses        map[int]int
	Hours           [24]int
	Parameters      map[string]int
}

// PathStats are the statistics of one path.
type PathStats struct {
	Requests, Errors int
	Bytes            int64
	latencies        []int64
}

func newSummary() *Summary {
	return &Summary{
		Hosts: map[string]int{}, Paths: map[string]*PathStats{}, Statuses: map[int]int{}, Parameters: map[string]int{},
	}
}

func (s *Summary) path(name string) *PathStats {
	stats, ok := s.Paths[name]
	if !ok {
		stats = &PathStats{}
		s.Paths[name] = stats
	}
	return stats
}

func (s *Summary) add(r *record) {
	s.Bytes += r.Bytes
	s.Hosts[r.Host]++
	s.Statuses[r.Status]++
	s.Hours[r.Time.Hour()]++
	for name := range r.Query {
		s.Parameters[name]++
	}
	stats := s.path(r.Path)
	stats.Requests++
	stats.Bytes += r.Bytes
	stats.latencies = append(stats.latencies, r.Milliseconds)
	if r.Status >= 400 {
		stats.Errors++
	}
}

func (s *Summary) merge(other *Summary) {
	s.Lines += other.Lines
	s.Rejected += other.Rejected
	s.Bytes += other.Bytes
	mergeCounts(s.Hosts, other.Hosts)
	mergeCounts(s.Statuses, other.Statuses)
	mergeCounts(s.Parameters, other.Parameters)
	for hour, count := range other.Hours {
		s.Hours[hour] += count
	}
	for name, stats := range other.Paths {
		mine := s.path(name)
		mine.Requests += stats.Requests
		mine.Errors += stats.Errors
		mine.Bytes += stats.Bytes
		mine.latencies = append(mine.latencies, stats.latencies...)
	}
}

func mergeCounts[K comparable](into, from map[K]int) {
	for key, count := range from {
		into[key] += count
	}
}

// Percentile returns the p-th percentile of the latencies by the nearest-rank method, in milliseconds.
func (p *PathStats) Percentile(percent float64) int64 {
	if len(p.latencies) == 0 {
		return 0
	}
	sort.Slice(p.latencies, func(i, j int) bool { return p.latencies[i] < p.latencies[j] })
	rank := int(math.Ceil(percent / 100 * float64(len(p.latencies))))
	return p.latencies[max(rank, 1)-1]
}

// analyze parses lines on several workers; the order in which they finish does not matter to a Summary.
func analyze(lines <-chan []string, workers int, since time.Time) *Summary {
	total := newSummary()
	var lock sync.Mutex
	var group sync.WaitGroup
	for range workers {
		group.Add(1)
		go func() {
			defer group.Done()
			part := newSummary()
			for batch := range lines {
				for _, line := range batch {
					part.Lines++
					r, err := parseLine(line)
					switch {
					case err != nil:
						part.Rejected++
					case r.Time.Before(since):
					default:
						part.add(r)
					}
				}
			}
			lock.Lock()
			defer lock.Unlock()
			total.merge(part)
		}()
	}
	group.Wait()
	return total
}

func readLines(from io.Reader, into chan<- []string) error {
	scanner := bufio.NewScanner(from)
	batch := make([]string, 0, 64)
	for scanner.Scan() {
		if strings.TrimSpace(scanner.Text()) == "" {
			continue
		}
		if batch = append(batch, scanner.Text()); len(batch) == cap(batch) {
			into <- batch
			batch = make([]string, 0, 64)
		}
	}
	into <- batch
	return scanner.Err()
}

func readAll(names []string, into chan<- []string) (err error) {
	defer close(into)
	if len(names) == 0 {
		return readLines(os.Stdin, into)
	}
	for _, name := range names {
		walkError := filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			file, err := os.Open(path)
			if err != nil {
				return err
			}
			defer file.Close()
			return readLines(file, into)
		})
		err = errors.Join(err, walkError)
	}
	return err
}

type counted[K any] struct {
	Key   K
	Count int
}

func top[K comparable](counts map[K]int, limit int, less func(a, b K) bool) []counted[K] {
	list := make([]counted[K], 0, len(counts))
	for key, count := range counts {
		list = append(list, counted[K]{key, count})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Count != list[j].Count {
			return list[i].Count > list[j].Count
		}
		return less(list[i].Key, list[j].Key)
	})
	return list[:min(limit, len(list))]
}

func printText(out io.Writer, s *Summary, limit int) {
	fmt.Fprintf(out, "%d lines, %d rejected, %d bytes\n", s.Lines, s.Rejected, s.Bytes)
	fmt.Fprintln(out, "\nhosts")
	for _, host := range top(s.Hosts, limit, func(a, b string) bool { return a < b }) {
		fmt.Fprintf(out, "  %-16s %6d\n", host.Key, host.Count)
	}
	fmt.Fprintln(out, "\nstatuses")
	for _, status := range top(s.Statuses, limit, func(a, b int) bool { return a < b }) {
		fmt.Fprintf(out, "  %-16d %6d\n", status.Key, status.Count)
	}
	requests := map[string]int{}
	for name, stats := range s.Paths {
		requests[name] = stats.Requests
	}
	fmt.Fprintln(out, "\npaths                requests errors      bytes   p50   p95")
	for _, path := range top(requests, limit, func(a, b string) bool { return a < b }) {
		stats := s.Paths[path.Key]
		fmt.Fprintf(out, "  %-20s %6d %6d %10d %5d %5d\n", path.Key, stats.Requests, stats.Errors, stats.Bytes,
			stats.Percentile(50), stats.Percentile(95))
	}
	fmt.Fprintln(out, "\nhours")
	most := 1
	for _, count := range s.Hours {
		most = max(most, count)
	}
	for hour, count := range s.Hours {
		if count > 0 {
			fmt.Fprintf(out, "  %02d %s %d\n", hour, strings.Repeat("#", (40*count+most-1)/most), count)
		}
	}
}

func run() (status int) {
	flags := flag.NewFlagSet("loganalyzer", flag.ContinueOnError)
	format := flags.String("format", "text", "text or json")
	limit := flags.Int("top", 5, "entries of each list")
	workers := flags.Int("workers", 4, "goroutines that parse")
	if flags.Parse(os.Args[1:]) != nil || *workers < 1 || (*format != "text" && *format != "json") {
		return 2
	}
	var since time.Time
	if text, ok := os.LookupEnv("LOG_SINCE"); ok {
		var err error
		if since, err = time.Parse(time.RFC3339, text); err != nil {
			fmt.Fprintln(os.Stderr, "loganalyzer:", err)
			return 2
		}
	}

	lines := make(chan []string, 8)
	failed := make(chan error, 1)
	go func() { failed <- readAll(flags.Args(), lines) }()
	summary := analyze(lines, *workers, since)
	if err := <-failed; err != nil {
		fmt.Println("loganalyzer:", err)
		status = 1
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if *format == "json" {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(summary); err != nil {
			return 1
		}
	} else {
		printText(out, summary, *limit)
	}
	if summary.Rejected*10 > summary.Lines {
		return 4
	}
	return status
}

func main() {
	os.Exit(run())
}
