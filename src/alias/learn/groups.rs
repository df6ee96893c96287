//! Names as they are joined so far: by the aliases in force, then by what is proposed.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _};

use super::census::{Census, NameId, Subject};
use super::company::{Companions, Company};
use super::{Evidence, Reason};
use crate::alias::{Alias, Aliases, Cluster};
use crate::article::EntityKind;

/// The number of a group when nothing is proposed yet: a cluster in force, or a name by itself.
pub(super) type NodeId = usize;

/// A cluster in force, or a name by itself.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: EntityKind,
    /// The name that stands for it; `None` where a file has one that no article has.
    pub(super) head: Option<NameId>,
    /// The key of the name that stands for it.
    pub(super) key: String,
    pub(super) names: Vec<NameId>,
}

impl Node {
    /// Calls it what those in `cluster` are called.
    fn name_after(&mut self, cluster: &Cluster, census: &Census) {
        let find =
            |alias: &Alias| self.names.iter().copied().find(|&id| census.name(id).key == alias.key);
        let usual =
            cluster.usual(|alias| find(alias).map_or(0, |id| census.name(id).articles.into()));
        self.head = find(usual);
        self.key = usual.key.clone();
    }
}

/// A join that is proposed.
#[derive(Clone, Debug)]
pub(super) struct Join {
    pub(super) to: NodeId,
    pub(super) reason: Reason,
    pub(super) evidence: Evidence,
}

/// Nodes, and the joins that are proposed: a forest, whose roots stand for their trees.
pub(super) struct Groups<'a> {
    pub(super) census: &'a Census,
    aliases: &'a Aliases,
    pub(super) nodes: Vec<Node>,
    /// The node of each name; none for countries.
    node_of: Vec<Option<NodeId>>,
    joins: Vec<Option<Join>>,
    /// For each root the nodes of its tree.
    trees: Vec<Vec<NodeId>>,
    /// For each root how many articles name it; brought up to date by [`Self::count`].
    articles: Vec<u32>,
    companions: Companions,
}

impl<'a> Groups<'a> {
    pub(super) fn new(census: &'a Census, aliases: &'a Aliases) -> Self {
        let mut nodes: Vec<Node> = Vec::new();
        let mut by_cluster: HashMap<usize, NodeId> = HashMap::new();
        let mut node_of = vec![None; census.names.len()];
        for (name, id) in census.names.iter().zip(0..) {
            let Subject::Entity(kind) = name.subject else { continue };
            let mut new = || {
                nodes.push(Node { kind, head: Some(id), key: name.key.clone(), names: Vec::new() });
                nodes.len() - 1
            };
            let node = match aliases.number(kind, &name.text) {
                Some(cluster) => *by_cluster.entry(cluster).or_insert_with(new),
                None => new(),
            };
            nodes[node].names.push(id);
            node_of[id as usize] = Some(node);
        }
        #[expect(clippy::iter_over_hash_type, reason = "each node is named by itself")]
        for (cluster, node) in by_cluster {
            nodes[node].name_after(&aliases.clusters()[cluster], census);
        }
        let joins = vec![None; nodes.len()];
        let trees = (0..nodes.len()).map(|node| vec![node]).collect();
        let (articles, companions) = (Vec::new(), Companions::default());
        let mut groups =
            Self { census, aliases, nodes, node_of, joins, trees, articles, companions };
        groups.count();
        groups
    }

    /// Counts the articles of each root anew.
    pub(super) fn count(&mut self) {
        self.articles = vec![0; self.nodes.len()];
        let mut named = Vec::new();
        for article in self.census.articles.iter() {
            named.clear();
            named.extend(article.iter().filter_map(|&name| self.root_of(name)));
            named.sort_unstable();
            named.dedup();
            for &root in &named {
                self.articles[root] += 1;
            }
        }
    }

    /// The root of the tree that a name belongs to; `None` for a country.
    pub(super) fn root_of(&self, name: NameId) -> Option<NodeId> {
        Some(self.root(self.node_of[name as usize]?))
    }

    pub(super) fn root(&self, mut node: NodeId) -> NodeId {
        while let Some(join) = &self.joins[node] {
            node = join.to;
        }
        node
    }

    pub(super) fn join(&self, node: NodeId) -> Option<&Join> {
        self.joins[node].as_ref()
    }

    /// The roots of a kind, in the order of their keys.
    pub(super) fn roots(&self, kind: EntityKind) -> impl Iterator<Item = NodeId> {
        let is_root =
            move |&node: &NodeId| self.nodes[node].kind == kind && self.joins[node].is_none();
        (0..self.nodes.len()).filter(is_root)
    }

    /// How many articles name the root.
    pub(super) fn articles(&self, root: NodeId) -> u32 {
        self.articles[root]
    }

    /// Proposes what the rules before left alone, where more company is shared than by chance.
    pub(super) fn propose_in_company(&mut self, from: NodeId, to: NodeId, reason: Reason) {
        if self.company(from, to).is_more() {
            self.propose(from, to, reason);
        }
    }

    /// Names of a kind by their keys, with the roots they belong to.
    pub(super) fn keys(&self, kind: EntityKind) -> BTreeMap<&str, NodeId> {
        let names = self.census.names.iter().zip(0..);
        let of_kind = names.filter(|(name, _)| name.subject == Subject::Entity(kind));
        of_kind.filter_map(|(name, id)| Some((name.key.as_str(), self.root_of(id)?))).collect()
    }

    /// The nodes in the tree of a root.
    pub(super) fn tree(&self, root: NodeId) -> &[NodeId] {
        &self.trees[root]
    }

    /// What company two roots keep, and share. Of each its own names count, not those of its tree,
    /// which are proposed themselves.
    pub(super) fn company(&mut self, a: NodeId, b: NodeId) -> Company {
        self.companions.compare(self.census, &self.nodes[a].names, &self.nodes[b].names)
    }

    /// Proposes that `from` is `to`; does nothing where they are one already, or are kept apart.
    pub(super) fn propose(&mut self, from: NodeId, to: NodeId, reason: Reason) {
        if from == to || self.root(from) != from || self.root(to) == from {
            return;
        }
        let to = self.root(to);
        if self.are_apart(from, to) {
            return;
        }
        let evidence = Evidence { company: self.company(from, to).shared };
        self.joins[from] = Some(Join { to, reason, evidence });
        let tree = std::mem::take(&mut self.trees[from]);
        self.trees[to].extend(tree);
    }

    /// Whether a name of the one is kept apart from a name of the other.
    fn are_apart(&self, a: NodeId, b: NodeId) -> bool {
        if !self.aliases.keeps_apart() {
            return false;
        }
        let kind = self.nodes[a].kind;
        let keys = |root: NodeId| {
            let names = self.trees[root].iter().flat_map(|&node| &self.nodes[node].names);
            names.map(|&name| self.census.name(name).key.as_str()).collect::<Vec<_>>()
        };
        let (a, b) = (keys(a), keys(b));
        a.iter().any(|a| b.iter().any(|b| self.aliases.are_apart(kind, a, b)))
    }
}
