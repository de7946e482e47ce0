// Command site renders a folder of pages into another folder, with a template.
//
//	site SOURCE DESTINATION
//
// A page is a text file with a header of `key: value` lines, an empty line and a body in a small Markdown. SOURCE may
// hold `page.tmpl`, a template of Go's text/template. SITE_TITLE in the environment is the site's title. Prints what it
// did. Exit status: 0; 1 when a page failed; 2 for a usage error; 3 for a panic that was caught.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"
	"time"
	"unicode"
)

const defaultTemplate = `<!DOCTYPE html>
<title>{{.Page.Title}} - {{.Site}}</title>
<nav>{{range .Pages}}{{if .Draft}}{{else}}<a href="{{.Name}}.html">{{.Title | escape}}</a> {{end}}{{end}}</nav>
<h1>{{.Page.Title | escape}}</h1>
{{with .Page.Tags}}<p>{{join . ", "}}</p>
{{end}}{{.Page.Body}}<footer>{{.Page.Date.Format "2 January 2006"}}, {{len .Page.Words}} words</footer>
`

type page struct {
	Name, Title, Body string
	Date              time.Time
	Tags, Words       []string
	Draft             bool
}

// A block is a piece of a page's body that can write itself as HTML.
type block interface{ html(*strings.Builder) }

type (
	paragraph struct{ text string }
	heading   struct {
		level int
		text  string
	}
	code  struct{ lines []string }
	list  struct{ items []string }
	quote struct{ blocks []block }
)

func (p paragraph) html(b *strings.Builder) { fmt.Fprintf(b, "<p>%s</p>\n", inline(p.text)) }
func (h heading) html(b *strings.Builder) {
	fmt.Fprintf(b, "<h%d id=\"%s\">%s</h%[1]d>\n", h.level, slug(h.text), inline(h.text))
}
func (c code) html(b *strings.Builder) {
	fmt.Fprintf(b, "<pre>%s</pre>\n", html.EscapeString(strings.Join(c.lines, "\n")))
}
func (l list) html(b *strings.Builder) {
	b.WriteString("<ul>\n")
	for _, item := range l.items {
		fmt.Fprintf(b, "<li>%s</li>\n", inline(item))
	}
	b.WriteString("</ul>\n")
}
func (q quote) html(b *strings.Builder) {
	b.WriteString("<blockquote>\n")
	for _, inner := range q.blocks {
		inner.html(b)
	}
	b.WriteString("</blockquote>\n")
}

var inlineRules = []struct {
	pattern *regexp.Regexp
	replace string
}{
	{regexp.MustCompile("`([^`]+)`"), "<code>$1</code>"},
	{regexp.MustCompile(`\*\*(.+?)\*\*`), "<strong>$1</strong>"},
	{regexp.MustCompile(`\*(.+?)\*`), "<em>$1</em>"},
	{regexp.MustCompile(`!\[(.*?)\]\((\S+?)\)`), `<img alt="$1" src="$2">`},
	{regexp.MustCompile(`\[(.+?)\]\((\S+?)\)`), `<a href="$2">$1</a>`},
}

func inline(text string) string {
	text = html.EscapeString(text)
	for _, rule := range inlineRules {
		text = rule.pattern.ReplaceAllString(text, rule.replace)
	}
	return text
}

func slug(text string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, text), "-")
}

// parseBlocks cuts a body into blocks; a fence that is never closed is a programming error of the page and panics.
func parseBlocks(lines []string) (blocks []block) {
	for i := 0; i < len(lines); {
		line := lines[i]
		switch {
		case strings.TrimSpace(line) == "":
			i++
		case strings.HasPrefix(line, "```"):
			end := slices.Index(lines[i+1:], "```")
			if end < 0 {
				panic(fmt.Sprintf("line %d: code without an end", i+1))
			}
			blocks = append(blocks, code{lines[i+1 : i+1+end]})
			i += end + 2
		case strings.HasPrefix(line, "#"):
			text := strings.TrimLeft(line, "#")
			blocks = append(blocks, heading{len(line) - len(text), strings.TrimSpace(text)})
			i++
		case strings.HasPrefix(line, "- "):
			var items []string
			for ; i < len(lines) && strings.HasPrefix(lines[i], "- "); i++ {
				items = append(items, lines[i][2:])
			}
			blocks = append(blocks, list{items})
		case strings.HasPrefix(line, "> "):
			var inner []string
			for ; i < len(lines) && strings.HasPrefix(lines[i], ">"); i++ {
				inner = append(inner, strings.TrimPrefix(strings.TrimPrefix(lines[i], ">"), " "))
			}
			blocks = append(blocks, quote{parseBlocks(inner)})
		default:
			start := i
			for ; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
			}
			blocks = append(blocks, paragraph{strings.Join(lines[start:i], "\n")})
		}
	}
	return blocks
}

func parsePage(name, text string) (*page, error) {
	header, body, found := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	if !found {
		return nil, fmt.Errorf("%s: no empty line after the header", name)
	}
	p := &page{Name: name, Title: name}
	for number, line := range strings.Split(header, "\n") {
		key, value, found := strings.Cut(line, ":")
		if !found {
			return nil, fmt.Errorf("%s:%d: expected key: value, found %q", name, number+1, line)
		}
		value = strings.TrimSpace(value)
		var err error
		switch strings.ToLower(key) {
		case "title":
			p.Title = value
		case "date":
			p.Date, err = time.Parse(time.DateOnly, value)
		case "tags":
			p.Tags = strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
			slices.Sort(p.Tags)
		case "draft":
			p.Draft = value == "yes"
		default:
			err = fmt.Errorf("unknown key %q", key)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, number+1, err)
		}
	}
	var b strings.Builder
	for _, block := range parseBlocks(strings.Split(body, "\n")) {
		block.html(&b)
	}
	p.Body = b.String()
	p.Words = strings.Fields(body)
	return p, nil
}

func readPages(source string) (pages []*page, failures []error) {
	names, err := filepath.Glob(filepath.Join(source, "*.md"))
	if err != nil {
		return nil, []error{err}
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err == nil {
			var p *page
			if p, err = parsePage(strings.TrimSuffix(filepath.Base(name), ".md"), string(text)); err == nil {
				pages = append(pages, p)
			}
		}
		if err != nil {
			failures = append(failures, err)
		}
	}
	slices.SortStableFunc(pages, func(a, b *page) int { return b.Date.Compare(a.Date) })
	return pages, failures
}

func loadTemplate(source string) (*template.Template, error) {
	functions := template.FuncMap{"escape": html.EscapeString, "join": strings.Join}
	text, err := os.ReadFile(filepath.Join(source, "page.tmpl"))
	if os.IsNotExist(err) {
		text, err = []byte(defaultTemplate), nil
	}
	if err != nil {
		return nil, err
	}
	return template.New("page").Funcs(functions).Parse(string(text))
}

func render(source, destination string) (failures []error) {
	pages, failures := readPages(source)
	layout, err := loadTemplate(source)
	if err == nil {
		err = os.MkdirAll(destination, 0o755)
	}
	if err != nil {
		return append(failures, err)
	}
	for _, p := range pages {
		var out bytes.Buffer
		data := map[string]any{"Page": p, "Pages": pages, "Site": os.Getenv("SITE_TITLE")}
		if err := layout.Execute(&out, data); err != nil {
			failures = append(failures, err)
			continue
		}
		digest := sha256.Sum256(out.Bytes())
		if err := os.WriteFile(filepath.Join(destination, p.Name+".html"), out.Bytes(), 0o644); err != nil {
			failures = append(failures, err)
			continue
		}
		fmt.Printf("%-12s %5d bytes %s\n", p.Name, out.Len(), hex.EncodeToString(digest[:8]))
	}
	return failures
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: site SOURCE DESTINATION")
		os.Exit(2)
	}
	defer func() {
		if reason := recover(); reason != nil {
			fmt.Println("panic:", reason)
			os.Exit(3)
		}
	}()
	failures := render(os.Args[1], os.Args[2])
	for _, failure := range failures {
		fmt.Println("error:", failure)
	}
	if len(failures) > 0 {
		os.Exit(1)
	}
}
