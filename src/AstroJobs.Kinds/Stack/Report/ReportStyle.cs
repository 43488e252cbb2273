namespace AstroJobs.Kinds.Stack.Report;

/// <summary>How the page looks, by day and by night. The colours of the two lines are told apart by people who see no red or green too.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --back: #fbfbfc; --card: #ffffff; --text: #1d2430; --faint: #626c7a; --rule: #dfe3e8; --s1: #1f6fb2; --s2: #c2571a; --warn: #9a3412; }
        @media (prefers-color-scheme: dark) { :root { --back: #10131a; --card: #171b24; --text: #dfe4ec; --faint: #97a1b0; --rule: #2b3240; --s1: #6db3f2; --s2: #f0a35e; --warn: #f3a67c; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem; max-width: 1280px; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .7rem; }
        p.lead { margin: .2rem 0 1.2rem; color: var(--faint); }
        img { max-width: 100%; height: auto; display: block; border-radius: 4px; }
        figure { margin: 0; } figcaption { font-size: .85rem; color: var(--faint); margin: .3rem 0; }
        .preview { background: #000; border-radius: 4px; } .preview img { margin: 0 auto; }
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .1rem 1.5rem; margin: 1.2rem 0 0; }
        .facts div { border-bottom: 1px solid var(--rule); padding: .3rem 0; overflow-wrap: anywhere; } .facts dt { font-size: .8rem; color: var(--faint); } .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 1rem; }
        .plot { background: var(--card); border: 1px solid var(--rule); border-radius: 4px; padding: .3rem .6rem .5rem; }
        svg { width: 100%; height: auto; display: block; } svg text { font-size: 11px; fill: var(--faint); } svg .end { text-anchor: end; } .grid { stroke: var(--rule); }
        polyline { fill: none; stroke-width: 1.5; } polyline.s1 { stroke: var(--s1); } polyline.s2 { stroke: var(--s2); } circle.s1 { fill: var(--s1); } circle.s2 { fill: var(--s2); }
        .key { margin-left: .6rem; font-weight: 600; } .key.s1 { color: var(--s1); } .key.s2 { color: var(--s2); }
        .maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1rem; } .maps img { border: 1px solid var(--rule); }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .85rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid var(--rule); white-space: nowrap; } th { color: var(--faint); font-weight: 600; } th:first-child, td:first-child, td.text, th.text { text-align: left; } td.text { white-space: normal; }
        tr.reference td:first-child { font-weight: 600; } .warn { color: var(--warn); } ul { margin: 0; padding-left: 1.2rem; }
        """;
}
